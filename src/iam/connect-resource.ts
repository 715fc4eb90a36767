import { type Reference, type TemplatePart, type Value, literal } from '../model/value.ts';

/** The resource of a statement that grants `rds-db:connect`, taken apart. */
export type ConnectResource =
  | { readonly kind: 'everything' }
  | {
      readonly kind: 'arn';
      readonly partition: string;
      readonly region: string;
      readonly account: string;
      /** What stands where the resource id belongs. */
      readonly id: readonly TemplatePart[];
      /** Null where no `/user` follows. */
      readonly user: readonly TemplatePart[] | null;
    }
  /** Only the references that the value came from are known: the user is lost. */
  | { readonly kind: 'references'; readonly references: readonly Reference[]; readonly trailEnds: readonly string[] }
  /** Some other resource, such as the ARN of the proxy itself. */
  | { readonly kind: 'other'; readonly text: string };

/** A `*` that ends a segment may stand for the next ones too. */
const arnPattern = /^arn:([^:]*):rds-db:(?:([^:]*):([^:]*)|\*):dbuser:$/i;

/** A last `*` that covers the kind of resource, too: every endpoint and every user of that region and account. */
const parseOpenEnd = (text: string): ConnectResource | null => {
  const [arn, partition = '', service, region = '*', account = '*', kind = '*', ...more] = text.split(':');
  if (arn !== 'arn' || service !== 'rds-db' || more.length > 0 || !text.endsWith('*')) return null;
  const covers = 'dbuser:'.startsWith(kind.replace(/\*+$/, ''));
  return covers ? { kind: 'arn', partition, region, account, id: ['*'], user: ['*'] } : null;
};

/** Takes the value of a `Resource` element apart. Source: IAM User Guide, actions for RDS IAM authentication (fact 4.1). */
export const parseConnectResource = (value: Value<string>): ConnectResource => {
  if (value.kind === 'absent') return { kind: 'other', text: '' };
  if (value.kind === 'unknown' && value.template === undefined) {
    return { kind: 'references', references: value.references, trailEnds: value.trailEnds };
  }
  const parts: readonly TemplatePart[] = value.kind === 'known' ? [value.value] : (value.template ?? []);
  if (literal(value) === '*') return { kind: 'everything' };
  return parseParts(parts) ?? parseOpenEnd(literal(value) ?? '') ?? other(value, parts);
};

const other = (value: Value<string>, parts: readonly TemplatePart[]): ConnectResource => {
  const text = literal(value);
  if (text !== undefined) return { kind: 'other', text };
  return {
    kind: 'references',
    references: parts.filter((part) => typeof part !== 'string'),
    trailEnds: [],
  };
};

const parseParts = (parts: readonly TemplatePart[]): ConnectResource | null => {
  const first = parts[0];
  if (typeof first !== 'string') return null;
  const marker = 'dbuser:';
  const at = first.toLowerCase().indexOf(marker);
  const head = arnPattern.exec(first.slice(0, at + marker.length));
  if (at < 0 || head === null) return null;
  const rest = [first.slice(at + marker.length), ...parts.slice(1)].filter((part) => part !== '');
  const { before, after } = splitAtSlash(rest);
  return {
    kind: 'arn',
    partition: head[1] ?? '',
    region: head[2] ?? '*',
    account: head[3] ?? '*',
    id: before,
    user: after,
  };
};

/** A `*`, save the one in `${*}`. */
const wildcard = /(?<!\$\{)\*/;

type Split = { readonly before: readonly TemplatePart[]; readonly after: readonly TemplatePart[] | null };

const splitAtSlash = (parts: readonly TemplatePart[]): Split => splitAt(parts, /\//) ?? splitAtStar(parts);

/** Without a slash, a `*` stands for it and for what is on both sides: `dbuser:prx-*` is every user of every proxy. */
const splitAtStar = (parts: readonly TemplatePart[]): Split => {
  const split = splitAt(parts, wildcard);
  if (split === null) return { before: parts, after: null };
  const [only] = split.before;
  // Behind a reference the id ends; behind text it may go on.
  const before = split.before.length > 1 || (only !== undefined && typeof only !== 'string') ? split.before : null;
  return { before: before ?? [`${typeof only === 'string' ? only : ''}*`], after: withStar(split.after) };
};

const withStar = (parts: readonly TemplatePart[]): readonly TemplatePart[] => {
  const [first, ...rest] = parts;
  return typeof first === 'string' ? [`*${first.replace(/^\*+/, '')}`, ...rest] : ['*', ...parts];
};

const splitAt = (
  parts: readonly TemplatePart[],
  mark: RegExp,
): { readonly before: readonly TemplatePart[]; readonly after: readonly TemplatePart[] } | null => {
  const index = parts.findIndex((piece) => typeof piece === 'string' && mark.test(piece));
  const part = parts[index];
  if (typeof part !== 'string') return null;
  const at = part.search(mark);
  const keep = (list: readonly TemplatePart[]): readonly TemplatePart[] => list.filter((item) => item !== '');
  return {
    before: keep([...parts.slice(0, index), part.slice(0, at)]),
    after: keep([part.slice(at + 1), ...parts.slice(index + 1)]),
  };
};
