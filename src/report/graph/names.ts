export type AddressParts = {
  /** `module.orders["a"]`; empty in the root module. */
  readonly module: string;
  /** `aws_db_proxy`; empty where the text is no address. */
  readonly type: string;
  /** `main["a"]`, or the whole text. */
  readonly name: string;
};

// A step of an address, with its instance key, which may hold dots.
const step = /(?:[^.["]|\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\])+/g;

/** Takes an address apart as far as it is one; ARNs and literal names stay whole. */
export const splitAddress = (address: string): AddressParts => {
  const steps = address.match(step) ?? [];
  const [type = '', name = ''] = steps.slice(-2);
  const isAddress = steps.length > 1 && /^aws_\w+$/.test(type) && steps.join('.') === address;
  if (!isAddress) return { module: '', type: '', name: address };
  const before = steps.slice(0, -2);
  const isData = before.at(-1) === 'data';
  return { module: (isData ? before.slice(0, -1) : before).join('.'), type, name };
};

/** The address without its instance keys: what all instances have in common. */
export const withoutKeys = (address: string): string => address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, '[…]');

/** Cut in the middle: how a name begins and how it ends tells most. */
export const shortened = (text: string, longest: number): string => {
  const characters = [...text];
  if (characters.length <= longest) return text;
  const head = Math.ceil((longest - 1) / 2);
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (longest - 1 - head)).join('')}`;
};
