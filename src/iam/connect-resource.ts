import {
  type Computed,
  type Reference,
  type TemplatePart,
  type TextReference,
  type Value,
  literal,
} from '../model/value.ts';
import { covers, hasWildcard } from './shape.ts';

/** The resource of a statement that grants `rds-db:connect`, taken apart. */
export type ConnectResource =
  | { readonly kind: 'everything' }
  | {
      readonly kind: 'arn';
      readonly partition: TemplatePart;
      /** Anything but `rds-db` is one that no login has. */
      readonly service: TemplatePart;
      readonly region: TemplatePart;
      readonly account: TemplatePart;
      /** What stands where the resource id belongs. */
      readonly id: readonly TemplatePart[];
      /** What the texts in the id were made from, and nothing else was. */
      readonly idReferences: readonly Reference[];
      /** Null where no `/user` follows. */
      readonly user: readonly TemplatePart[] | null;
    }
  /** One attribute as it stands, in place of the whole ARN. `user` is null where no `/user` follows. */
  | { readonly kind: 'attribute'; readonly reference: Reference; readonly user: readonly TemplatePart[] | null }
  /** Only the references that the value came from are known: the user is lost. */
  | { readonly kind: 'references'; readonly references: readonly Reference[]; readonly trailEnds: readonly string[] }
  /** Some other resource, such as the ARN of the proxy itself. */
  | {
      readonly kind: 'other';
      readonly text: string;
      /** What stands before the `/user`. */
      readonly name: string;
      readonly user: readonly TemplatePart[] | null;
    };

/** A text with a mark for each part of a template that is none. */
type Marked = { readonly text: string; readonly parts: readonly TemplatePart[] };

const firstMark = 0xe000;
const lastMark = 0xf8ff;
const mark = /([\ue000-\uf8ff])/;

/** Null where a text has characters that stand for parts. */
const withMarks = (parts: readonly TemplatePart[]): Marked | null => {
  const known = parts.every((part) => typeof part === 'string');
  const isClear = parts.every((part) => typeof part !== 'string' || !mark.test(part));
  if (!known && (!isClear || parts.length > lastMark - firstMark)) return null;
  return {
    text: parts.map((part, i) => (typeof part === 'string' ? part : String.fromCharCode(firstMark + i))).join(''),
    parts: known ? [] : parts,
  };
};

const partsIn = (text: string, { parts }: Marked): readonly TemplatePart[] =>
  (parts.length === 0 ? [text] : text.split(mark))
    .filter((piece) => piece !== '')
    .map((piece) => (mark.test(piece) ? (parts[piece.charCodeAt(0) - firstMark] ?? piece) : piece));

const fieldIn = (text: string, marked: Marked): TemplatePart => {
  const [only, more] = partsIn(text, marked);
  return more === undefined ? (only ?? '') : computedFrom(partsIn(text, marked));
};

const computedFrom = (parts: readonly TemplatePart[]): Computed => ({
  computed: true,
  references: parts.flatMap(referencesInPart),
  trailEnds: parts.flatMap(trailEndsOf),
});

/** What a piece of a text is, or is computed from. */
export const referencesInPart = (part: TemplatePart): readonly Reference[] => {
  if (typeof part === 'string') return [];
  return 'computed' in part ? part.references : [part];
};

const trailEndsOf = (part: TemplatePart): readonly string[] =>
  typeof part !== 'string' && 'computed' in part ? part.trailEnds : [];

/** A last `*` that covers the kind of resource, too: every endpoint and every user of that region and account. */
const parseOpenEnd = (marked: Marked): ConnectResource | null => {
  const { text } = marked;
  const [arn, partition = '', service, region = '*', account = '*', kind = '*', ...more] = text.split(':');
  if (arn !== 'arn' || service !== 'rds-db' || more.length > 0 || !text.endsWith('*')) return null;
  const coversUsers = 'dbuser:'.startsWith(kind.replace(/\*+$/, ''));
  if (!coversUsers) return null;
  return { ...fieldsOf([partition, service, region, account], marked), id: ['*'], idReferences: [], user: ['*'] };
};

type ArnHead = Pick<Extract<ConnectResource, { kind: 'arn' }>, 'kind' | 'partition' | 'service' | 'region' | 'account'>;

type Fields = readonly [partition: string, service: string, region: string, account: string];

const fieldsOf = ([partition, service, region, account]: Fields, marked: Marked): ArnHead => ({
  kind: 'arn',
  partition: fieldIn(partition, marked),
  service: fieldIn(service, marked),
  region: fieldIn(region, marked),
  account: fieldIn(account, marked),
});

/** Takes the value of a `Resource` element apart. Source: IAM User Guide, actions for RDS IAM authentication (fact 4.1). */
export const parseConnectResource = (value: Value<string>): ConnectResource => {
  if (value.kind === 'absent') return { kind: 'other', text: '', name: '', user: null };
  if (value.kind === 'unknown' && value.template === undefined) {
    return { kind: 'references', references: value.references, trailEnds: value.trailEnds };
  }
  const parts = partsOf(value);
  if (literal(value) === '*') return { kind: 'everything' };
  const marked = withMarks(parts);
  return (
    (marked === null ? null : (parseArn(marked, textReferencesOf(value)) ?? parseOpenEnd(marked))) ??
    other(value, parts)
  );
};

const partsOf = (value: Value<string>): readonly TemplatePart[] => {
  if (value.kind === 'absent') return [];
  return value.kind === 'known' ? [value.value] : (value.template ?? []);
};

const slashed = ':dbuser/';

/** `dbuser/ID/USER`, as the one of fact 4.1 that it is taken for; null where it is none, or everything may be meant. */
export const parseSlashed = (value: Value<string>): Extract<ConnectResource, { kind: 'arn' }> | null => {
  if (!partsOf(value).some((part) => typeof part === 'string' && part.includes(slashed))) return null;
  const parsed = parseConnectResource(mapTexts(value, (text) => text.replace(slashed, ':dbuser:')));
  if (parsed.kind !== 'arn' || parseConnectResource(value).kind === 'arn') return null;
  return parsed.id.some((part) => typeof part === 'string' && hasWildcard(part)) ? null : parsed;
};

const mapTexts = (value: Value<string>, change: (text: string) => string): Value<string> => {
  if (value.kind === 'known') return { ...value, value: change(value.value) };
  if (value.kind === 'absent' || value.template === undefined) return value;
  return { ...value, template: value.template.map((part) => (typeof part === 'string' ? change(part) : part)) };
};

const other = (value: Value<string>, parts: readonly TemplatePart[]): ConnectResource => {
  const text = literal(value);
  const split = splitAt(parts, /\//);
  if (text !== undefined) {
    const [name = text] = split?.before ?? [];
    return { kind: 'other', text, name: typeof name === 'string' ? name : text, user: split?.after ?? null };
  }
  const [only, more] = split?.before ?? parts;
  if (only !== undefined && more === undefined && typeof only !== 'string' && !('computed' in only)) {
    return { kind: 'attribute', reference: only, user: split?.after ?? null };
  }
  return { kind: 'references', references: parts.flatMap(referencesInPart), trailEnds: parts.flatMap(trailEndsOf) };
};

/** What the texts in a value were made from. */
export const textReferencesOf = (value: Value<string>): readonly TextReference[] => {
  if (value.kind === 'absent') return [];
  return (value.kind === 'known' ? value.references : value.textReferences) ?? [];
};

const marker = 'dbuser:';

const parseArn = (marked: Marked, references: readonly TextReference[]): ConnectResource | null => {
  const { text } = marked;
  const at = text.toLowerCase().indexOf(marker);
  const head = at < 0 ? null : headOf(text.slice(0, at + marker.length), marked);
  if (head === null) return null;
  const start = at + marker.length;
  const { before, after } = splitAtSlash(partsIn(text.slice(start), marked));
  const end = start + text.slice(start).search(/\/|$/);
  const idReferences = references.filter((one) => start <= one.start && one.end <= end);
  return { ...head, id: before, idReferences, user: after };
};

/** A `*` that ends a segment may stand for the next ones too. */
const arnPattern = /^arn:([^:]*):([^:]*):(?:([^:]*):([^:]*)|\*):dbuser:$/i;

const headOf = (text: string, marked: Marked): ArnHead | null => {
  const [whole, partition = '', service = '', region = '*', account = '*'] = arnPattern.exec(text) ?? [];
  if (whole !== undefined) return fieldsOf([partition, service, region, account], marked);
  // What is computed may hold colons: then it may be any of the fields.
  const parts = partsIn(text.slice(0, -marker.length), marked);
  const isOpen = parts.some((part) => typeof part !== 'string' && 'computed' in part);
  if (!isOpen || !text.endsWith(`:${marker}`)) return null;
  const field = computedFrom(parts);
  return { kind: 'arn', partition: field, service: serviceIn(text) ?? field, region: field, account: field };
};

/** The service of an ARN, where text alone names it. */
const serviceIn = (text: string): string | undefined =>
  /^arn:[^:\ue000-\uf8ff]+:([^:\ue000-\uf8ff]+):/i.exec(text)?.[1];

/** Whether a resource is an ARN of another service for certain, whatever follows: no login has that. */
export const isOfOtherService = (value: Value<string>): boolean => {
  const [first] = value.kind === 'unknown' ? (value.template ?? []) : [];
  const text = literal(value) ?? (typeof first === 'string' ? first : '');
  const service = serviceIn(text);
  return service !== undefined && covers(service, ['rds-db']) === false;
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
  separator: RegExp,
): { readonly before: readonly TemplatePart[]; readonly after: readonly TemplatePart[] } | null => {
  const index = parts.findIndex((piece) => typeof piece === 'string' && separator.test(piece));
  const part = parts[index];
  if (typeof part !== 'string') return null;
  const at = part.search(separator);
  const keep = (list: readonly TemplatePart[]): readonly TemplatePart[] => list.filter((item) => item !== '');
  return {
    before: keep([...parts.slice(0, index), part.slice(0, at)]),
    after: keep([part.slice(at + 1), ...parts.slice(index + 1)]),
  };
};
