/** A synthesized stack with one thing taken away, and the words for what that was. */
export type Mutant = {
  /** Construct, type and path, such as `proxy/proxy: aws_db_proxy.auth[0].iam_auth`. */
  readonly place: string;
  /** Type and path without indexes, such as `aws_db_proxy.auth.iam_auth`; a type alone for the resource as a whole. */
  readonly what: string;
  /** What was taken away, where it was a text. */
  readonly gone: string;
  readonly text: string;
};

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
type JsonObject = { readonly [key: string]: Json };
type Resources = Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
type Stack = { readonly resource: Resources; readonly ephemeral?: Resources };

/** One way to take something away: which part it was, by keys, and what is left. */
type Removal = { readonly keys: readonly string[]; readonly gone: Json; readonly left: Json | undefined };

/**
 * Every stack without one of the resources of its constructs, and what names it; or without one of the arguments, list
 * elements and blocks in them. Policy documents that are text count as what they say. What an application has beside the
 * constructs stays.
 */
export const mutantsOf = (text: string): readonly Mutant[] => {
  const stack: Stack = JSON.parse(text);
  return (['resource', 'ephemeral'] as const).flatMap((kind) =>
    Object.entries(stack[kind] ?? {}).flatMap(([type, items]) =>
      Object.entries(items).flatMap(([id, resource]) => {
        const construct = constructOf(resource) ?? (kind === 'ephemeral' ? id : null);
        if (construct === null) return [];
        const whole = withoutResource(stack, kind, type, id);
        return [
          { place: `${construct}: ${type}`, what: type, gone: '', text: JSON.stringify(whole) },
          ...within(resource).map((removal) => ({
            place: `${construct}: ${type}${removal.keys.map(step).join('')}`,
            what: [type, ...removal.keys.filter((key) => !isIndex(key))].join('.'),
            gone: typeof removal.gone === 'string' ? removal.gone : '',
            text: JSON.stringify({
              ...stack,
              [kind]: { ...stack[kind], [type]: { ...items, [id]: removal.left ?? {} } },
            }),
          })),
        ];
      }),
    ),
  );
};

const isIndex = (key: string): boolean => /^\d+$/.test(key);
const step = (key: string): string => (isIndex(key) ? `[${key}]` : `.${key}`);

/** Null for a resource that the stack itself makes. */
const constructOf = ({ '//': comment }: JsonObject): string | null => {
  const { metadata } = (comment ?? {}) as { readonly metadata?: { readonly path?: string } };
  const [, ...names] = metadata?.path?.split('/') ?? [];
  return names.length > 1 ? names.join('/') : null;
};

const withoutResource = (stack: Stack, kind: keyof Stack, type: string, id: string): Json => {
  const { [type]: { [id]: _, ...others } = {}, ...types } = stack[kind] ?? {};
  const { [kind]: __, ...kinds } = stack;
  // Terraform takes a type without resources for a mistake, and all of them without types.
  const left = Object.keys(others).length === 0 ? types : { ...types, [type]: others };
  const rest = Object.keys(left).length === 0 ? kinds : { ...kinds, [kind]: left };
  return withoutMentions(rest, new RegExp(`\\b${type}\\.${id}\\b`)) ?? {};
};

/** Without the arguments and elements that name a resource. */
const withoutMentions = (value: Json, address: RegExp): Json | undefined => {
  if (typeof value === 'string') return withoutMention(value, address);
  if (Array.isArray(value)) return value.flatMap((item) => withoutMentions(item, address) ?? []);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const left = withoutMentions(item, address);
      return left === undefined ? [] : [[key, left]];
    }),
  );
};

const withoutMention = (text: string, address: RegExp): Json | undefined => {
  if (!address.test(text)) return text;
  if (!isDocument(text)) return undefined;
  return readDocument(text, (document, restored) => restored(withoutMentions(document, address) ?? {}));
};

const within = (value: Json): readonly Removal[] => {
  if (typeof value === 'string') {
    if (!isDocument(value)) return [];
    return readDocument(value, (document, restored) =>
      within(document).map((removal) => ({ ...removal, left: restored(removal.left ?? {}) })),
    );
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      removalsOf(String(index), item, (left) =>
        left === undefined ? value.toSpliced(index, 1) : value.with(index, left),
      ),
    );
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, item]) => {
    if (key === '//') return [];
    const { [key]: _, ...others } = value as JsonObject;
    return removalsOf(key, item, (left) => (left === undefined ? others : { ...others, [key]: left }));
  });
};

const removalsOf = (key: string, item: Json, put: (left: Json | undefined) => Json): readonly Removal[] => [
  { keys: [key], gone: item, left: put(undefined) },
  ...within(item).map(({ keys, gone, left }) => ({ keys: [key, ...keys], gone, left: put(left) })),
];

const isDocument = (text: string): boolean => text.startsWith('{"Version"');

/** A policy document. Its holes, which have quotes of their own, are taken out while it is JSON, all but what they name. */
const readDocument = <T>(text: string, read: (document: Json, restored: (document: Json) => string) => T): T => {
  const holes: string[] = [];
  const names = (hole: string): string => (hole.match(/\b\w+\.[\w-]+/g) ?? []).join(' ');
  const whole = text.replace(/\$\{[^{}]*\}/g, (hole) => `<hole ${holes.push(hole) - 1} ${names(hole)}>`);
  const restored = (document: Json): string =>
    JSON.stringify(document).replace(/<hole (\d+) [^>]*>/g, (_, index) => holes[Number(index)] ?? '');
  return read(JSON.parse(whole), restored);
};
