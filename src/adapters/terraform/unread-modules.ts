import type { UnreadModule } from '../../model/auth-model.ts';
import { templateKey } from '../../model/template-key.ts';
import { type Origin, type Value, known, unknown } from '../../model/value.ts';
import { joinPath } from '../../terraform/address.ts';
import { placed, valueFrom, wantedText } from '../../terraform/from-source.ts';
import type { GraphDocument, ResourceGraph } from '../../terraform/graph.ts';
import { referencesIn } from '../../terraform/hcl/made-from.ts';
import type { Symbolic } from '../../terraform/hcl/symbolic.ts';
import { asSensitive, scalar, unknownFrom } from '../../terraform/hcl/values.ts';
import type { Origins } from '../../terraform/origins.ts';
import { isSecretName } from '../../terraform/secret-names.ts';
import type { UnreadModule as UnreadCall } from '../../terraform/source.ts';
import { argument, attribute, viewOf } from '../../terraform/values.ts';
import type { Adapter } from '../shared/adapter.ts';
import { bothModes } from '../shared/client.ts';

const principalTypes = ['aws_iam_role', 'aws_iam_user', 'aws_iam_group', 'aws_ssoadmin_permission_set'];

/** What stands for a principal to whom it belongs. */
const belongings: ReadonlySet<string> = new Set([
  'aws_iam_instance_profile',
  ...['role', 'user', 'group'].flatMap((kind) => [`aws_iam_${kind}_policy`, `aws_iam_${kind}_policy_attachment`]),
]);

type Leaf = { readonly path: string; readonly value: Symbolic };

const deepest = 32;

/** Texts and keys in what a module is given. Beyond all that anybody writes nothing is known any more. */
const leavesOf = ({ path, value }: Leaf, marked = false, depth = 0): readonly Leaf[] => {
  if (depth > deepest) return [{ path, value: unknownFrom({ references: [], trailEnds: ['…'] }) }];
  const isMarked = marked || value.sensitive === true;
  const within = (item: Symbolic): readonly Leaf[] => leavesOf({ path, value: item }, isMarked, depth + 1);
  const under = (key: string, item: Symbolic): readonly Leaf[] => {
    const inside = isMarked ? path : joinPath(path, shownKey(key));
    return leavesOf({ path: inside, value: item }, isMarked || isSecretName(key), depth + 1);
  };
  switch (value.kind) {
    case 'list':
      return [...value.items.flatMap(within), ...rest(path, value.open)];
    case 'map':
      return [
        ...[...value.entries].flatMap(([key, item]) => [...within(scalar(key)), ...under(key, item)]),
        ...(value.hidden?.items ?? []).flat().flatMap(within),
        ...rest(path, value.open),
      ];
    case 'instance':
      if (value.references.length > 0) return [{ path, value: unknownFrom({ ...value, trailEnds: [] }) }];
      return value.names().flatMap((name) => under(name, value.attribute(name)));
    default:
      return [{ path, value: isMarked ? asSensitive(value) : value }, ...jsonIn(value).flatMap(within)];
  }
};

const jsonIn = (value: Symbolic): readonly Symbolic[] =>
  (value.kind === 'known' || value.kind === 'text') && value.json !== undefined ? [value.json] : [];

const rest = (path: string, open: Origins | undefined): readonly Leaf[] =>
  open === undefined ? [] : [{ path, value: unknownFrom(open) }];

/** Words that say what stands under a key. */
const words: ReadonlySet<string> = new Set(
  `role roles user users group groups principal principals permission set sets iam arn arns name names id ids identifier
  namespace project environment stage prefix description tags password passwords passwd secret string binary private key
  auth token wo version`.split(/\s+/),
);

/** A key may be anything, a secret as well: nothing stays of it but words that say nothing else. */
const shownKey = (key: string): string =>
  (key.match(/[A-Z]?[a-z]+|_|[^a-z_]+/g) ?? [])
    .map((word) => shownWord(word.toLowerCase()))
    .join('')
    .replace(/…+/g, '…');

const shownWord = (word: string): string =>
  word === '_' || words.has(word) ? word : (/role|principal/.exec(word)?.[0] ?? '…');

/** Names of principals in view: what is known, and how what is not known is put together. */
type Names = { readonly texts: ReadonlySet<string>; readonly templates: ReadonlySet<string | undefined> };

const namesIn = (graph: ResourceGraph): Names => {
  const names = principalTypes
    .flatMap((type) => bothModes(graph, type))
    .flatMap((resource) => ['name', 'user_name', 'group_name'].map((name) => attribute(viewOf(resource), name)));
  return {
    texts: new Set(names.flatMap((name) => (name.kind === 'known' ? [name.value] : []))),
    templates: new Set(names.map(templateKey).filter((key) => key !== undefined)),
  };
};

/** Modules are given passwords, too: of texts nothing is kept but names of principals, and what the others are made of. */
const withoutOtherTexts = (value: Value<string>, { texts, templates }: Names): readonly Value<string>[] => {
  if (value.kind === 'absent') return [];
  if (value.kind === 'known') return texts.has(value.value) || isArnOf(value.value, texts) ? [value] : [];
  if (templates.has(templateKey(value))) return [value];
  const arn = value.template?.map((part) => (typeof part === 'string' ? part : '…')).join('') ?? '';
  if (isArnOf(arn, texts)) return [known(arn, value.origin)];
  return [unknown(value.origin, value.references, value.trailEnds)];
};

const arnInIam =
  /^arn:(?:aws[a-z-]*|…):iam::(?:\d{12}|aws|…)?:(?:role|instance-profile|policy|user|group)\/(?:[\w+=,.@…-]+\/)*([\w+=,.@-]+)$/;

const isArnOf = (text: string, names: ReadonlySet<string>): boolean => names.has(arnInIam.exec(text)?.[1] ?? '');

/** What a text is made from, without the text. */
const madeOf = (value: Symbolic, origin: Origin): readonly Value<string>[] => {
  const references = value.kind === 'known' || value.kind === 'text' ? referencesIn([value]) : [];
  if (references.length === 0) return [];
  return [{ ...known('…', origin), references: references.map((one) => ({ ...one, start: 0, end: 1 })) }];
};

/** A text that nobody may read is one that nobody knows. */
const readFrom = (value: Symbolic, origin: Origin): Value<string> => {
  const read = valueFrom(value, origin, wantedText);
  const isHidden = value.sensitive === true && read.kind === 'unknown' && isOtherText(value);
  return isHidden ? unknown(origin, read.references, [...read.trailEnds, 'sensitive']) : read;
};

const isOtherText = (value: Symbolic): boolean =>
  value.kind === 'text' || (value.kind === 'known' && typeof value.value === 'string' && value.exactly === undefined);

/** The principals to whom something belongs that a value refers to: an instance profile has a role. */
const holdersBehind = (graph: ResourceGraph, value: Value<string>): readonly Value<string>[] => {
  if (value.kind === 'absent') return [];
  return (value.references ?? []).flatMap(({ resource }) => {
    const found = graph.byId(resource);
    if (found === undefined || !belongings.has(found.type)) return [];
    return ['role', 'user', 'group']
      .map((name) => argument(viewOf(found), name))
      .filter(({ kind }) => kind !== 'absent')
      .map((holder) => ({ ...holder, origin: value.origin }));
  });
};

type Surroundings = { readonly graph: ResourceGraph; readonly document: GraphDocument; readonly names: Names };

const givenTo = (around: Surroundings, call: UnreadCall): readonly Value<string>[] => {
  const leaves = call.given.flatMap(({ argument: path, value }) => leavesOf({ path, value }, isSecretName(path)));
  const given = leaves.flatMap((leaf) => givenBy(around, call, leaf));
  return [...new Map(given.map((value) => [JSON.stringify(value), value])).values()];
};

const givenBy = ({ graph, document, names }: Surroundings, call: UnreadCall, leaf: Leaf): readonly Value<string>[] => {
  const origin = { ...originOf(document, call), path: leaf.path };
  const read = readFrom(leaf.value, origin);
  const kept = withoutOtherTexts(read, names);
  const made = kept.some(({ kind }) => kind === 'known') ? [] : madeOf(leaf.value, origin);
  return [...kept, ...made, ...[...kept, ...made].flatMap((one) => holdersBehind(graph, one))];
};

const originOf = ({ index }: GraphDocument, { address, place, calls }: UnreadCall): UnreadModule['origin'] =>
  placed({ address, path: '', ...(index === 0 ? {} : { document: index }) }, place, calls);

const adaptCall = (around: Surroundings, calls: readonly UnreadCall[]): readonly UnreadModule[] => {
  const [call] = calls;
  if (call === undefined) return [];
  const { index, judged } = around.document;
  return [
    {
      id: `${index === 0 ? '' : `@${index}/`}${call.address}`,
      address: call.address,
      judged,
      managed: true,
      origin: originOf(around.document, call),
      fetched: call.fetched,
      given: calls.flatMap((instance) => givenTo(around, instance)),
    },
  ];
};

/** Modules that are called and not there: what they make is out of view, and may belong to what they are given. */
export const unreadModules: Adapter = {
  types: [],
  adapt: ({ graph }) => {
    const open = graph.documents.filter(({ unread }) => unread.length > 0);
    if (open.length === 0) return {};
    const names = namesIn(graph);
    return {
      unreadModules: open.flatMap((document) => {
        const addresses = [...new Set(document.unread.map(({ address }) => address))];
        return addresses.flatMap((address) =>
          adaptCall(
            { graph, document, names },
            document.unread.filter((call) => call.address === address),
          ),
        );
      }),
    };
  },
};
