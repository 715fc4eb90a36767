import type { UnreadModule } from '../../model/auth-model.ts';
import { templateKey } from '../../model/template-key.ts';
import { type Value, known, unknown } from '../../model/value.ts';
import { joinPath } from '../../terraform/address.ts';
import { placed, valueFrom, wantedText } from '../../terraform/from-source.ts';
import type { GraphDocument, ResourceGraph } from '../../terraform/graph.ts';
import type { Symbolic } from '../../terraform/hcl/symbolic.ts';
import { unknownFrom } from '../../terraform/hcl/values.ts';
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

/** The texts in what a module is given. Beyond all that anybody writes nothing is known any more. */
const leavesOf = ({ path, value }: Leaf, depth = 0): readonly Leaf[] => {
  if (depth > deepest) return [{ path, value: unknownFrom({ references: [], trailEnds: ['…'] }) }];
  const inside = (key: string, item: Symbolic): readonly Leaf[] =>
    leavesOf({ path: joinPath(path, key), value: item }, depth + 1);
  if (value.kind === 'list') {
    return [...value.items.flatMap((item) => leavesOf({ path, value: item }, depth + 1)), ...rest(path, value.open)];
  }
  if (value.kind === 'map') {
    return [...[...value.entries].flatMap(([key, item]) => inside(key, item)), ...rest(path, value.open)];
  }
  if (value.kind !== 'instance') return [{ path, value }];
  if (value.references.length > 0) return [{ path, value: unknownFrom({ ...value, trailEnds: [] }) }];
  return value.names().flatMap((name) => inside(name, value.attribute(name)));
};

const rest = (path: string, open: Origins | undefined): readonly Leaf[] =>
  open === undefined ? [] : [{ path, value: unknownFrom(open) }];

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

/** Modules are given passwords, too: of texts nothing is kept but the names of principals. */
const withoutOtherTexts = (value: Value<string>, { texts, templates }: Names): readonly Value<string>[] => {
  if (value.kind === 'absent') return [];
  if (value.kind === 'known') return endsInName(value.value, texts) ? [value] : [];
  if (templates.has(templateKey(value))) return [value];
  const arn = value.template?.map((part) => (typeof part === 'string' ? part : '…')).join('') ?? '';
  if (arn.startsWith('arn:') && endsInName(arn, texts)) return [known(arn, value.origin)];
  return [unknown(value.origin, value.references, value.trailEnds)];
};

const endsInName = (text: string, names: ReadonlySet<string>): boolean =>
  names.has(text.slice(text.lastIndexOf('/') + 1));

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

const givenTo = ({ graph, document, names }: Surroundings, call: UnreadCall): readonly Value<string>[] =>
  call.given
    .flatMap(({ argument: path, value }) => leavesOf({ path, value }))
    .filter(({ path }) => !isSecretName(path))
    .flatMap(({ path, value }) => {
      const origin = { ...originOf(document, call), path };
      const read = valueFrom(value, origin, wantedText);
      return [...withoutOtherTexts(read, names), ...holdersBehind(graph, read)];
    });

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
