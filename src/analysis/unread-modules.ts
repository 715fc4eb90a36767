import type { Principal, PrincipalKind, UnreadModule } from '../model/auth-model.ts';
import { templateKey } from '../model/template-key.ts';
import { type Unknown, type Value, literal } from '../model/value.ts';
import { canonicalId, throughAliases } from './join.ts';
import type { World } from './world.ts';

/** Arguments that name a principal of the kind. */
const argumentsFor: Readonly<Record<PrincipalKind, RegExp>> = {
  role: /role|principal/,
  user: /principal|(?:^|\.|iam_)users?(?:_(?:name|arn)s?)?$/,
  group: /principal|(?:^|\.|iam_)groups?(?:_names?)?$/,
  'permission-set': /permission_set/,
};

/** What a module calls by these has a name that the module gives it: it is no principal that is there already. */
const ownNames =
  /(?:^|\.)(?:name|identifier|namespace|project|environment|stage|(?:[\w…]+_)?prefix|description)$|(?:^|[._])tags(?:\.|$)/;

/** A password is nobody's name, whosever it is. */
const ownSecrets =
  /(?:password|passwd|secret_string|secret_binary|private_key|auth_token|auth_string)s?(?:_wo)?(?:_version)?(?:\.|$)/;

/**
 * Whether a module that nobody can read may attach something to a principal, or take it away: it is given the principal, a
 * policy of his, or his name, or someone whom nobody can name. One that is given nothing of him would have to know his name
 * by itself, and Terraform would not know that it must wait for him.
 */
export const mayBeFor = (
  world: World,
  { given }: UnreadModule,
  principal: Principal,
  policies: ReadonlySet<string>,
): boolean =>
  given.some((value) =>
    throughAliases(value, world.aliases).some(
      (one) =>
        refersToAny(world, one, new Set([principal.id, ...policies])) ||
        namesIt(one, value.origin.path, principal) ||
        mayBeAnyone(one, value.origin.path, principal),
    ),
  );

const refersToAny = ({ aliases }: World, value: Value<string>, ids: ReadonlySet<string>): boolean =>
  value.kind !== 'absent' && (value.references ?? []).some(({ resource }) => ids.has(canonicalId(resource, aliases)));

const namesIt = (value: Value<string>, argument: string, { kind, name, arn }: Principal): boolean => {
  const text = literal(value);
  if (text?.startsWith('arn:') === true) {
    const own = literal(name);
    return text === literal(arn) || (own !== undefined && text.includes(`:${kind}/`) && text.endsWith(`/${own}`));
  }
  if (ownNames.test(argument)) return false;
  if (text !== undefined) return text === literal(name);
  const template = templateKey(value);
  return template !== undefined && template === templateKey(name);
};

/** The output of another module is its own: one that is given the principal counts already. */
const mayBeAnyone = (value: Value<string>, argument: string, { kind }: Principal): boolean =>
  value.kind === 'unknown' && isOpen(value) && argumentsFor[kind].test(argument) && !ownSecrets.test(argument);

const isOpen = ({ references, trailEnds }: Unknown): boolean =>
  references.some(({ resource }) => /(?:^|[./])data\./.test(resource)) ||
  trailEnds.some((end) => !end.startsWith('module.'));
