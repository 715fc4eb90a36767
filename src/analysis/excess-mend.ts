import type { Excess } from './excess.ts';
import { connectResource, inModuleOf } from './expressions.ts';
import { unique } from './judgement.ts';
import { addTo, managedRole, notesFor, quoted, rolePolicy, step, steps } from './mend-blocks.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import type { CarriedExcess, RoleExcess } from './role-excess.ts';
import type { RoleNeeds } from './role-needs.ts';
import type { LinkedAuth } from './secrets.ts';

const actions = new Map<Excess['of'], string>([
  ['secrets', 'secretsmanager:GetSecretValue'],
  ['keys', 'kms:Decrypt'],
  ['connect', 'rds-db:connect'],
]);

/** What is left of each statement when it allows what the proxies need. */
export const excessMend = ({ excesses, needs }: RoleExcess, pairs: readonly ProxyFacts[]): string => {
  const managed = [
    ...new Map(excesses.map((excess) => [`${excess.carrier.address} ${excess.managedArn}`, excess])).values(),
  ];
  const own = excesses.filter(({ managedArn }) => managedArn === null);
  const carriers = [...new Map(own.map(({ carrier }) => [carrier.address, carrier])).values()];
  return steps(
    ...managed.flatMap((excess) =>
      excess.managedArn === null ? [] : detach(excess.carrier.address, excess.managedArn, needs),
    ),
    managed.some(({ managedArn }) => managedArn !== null) ? ownPolicy(needs) : null,
    ...carriers.flatMap((carrier) =>
      unique(own.filter((excess) => excess.carrier === carrier).map((excess) => excess.of)).map((of) =>
        mendOf(carrier, of, needs, pairs),
      ),
    ),
  );
};

/** Nobody edits what AWS manages. */
const detach = (address: string, arn: string, { principal }: RoleNeeds): string =>
  address === principal.address
    ? `In ${address} take ${arn} out of managed_policy_arns.`
    : `Take ${arn} from ${principal.address}: delete it in ${address}.`;

const ownPolicy = ({ principal, auth }: RoleNeeds): string | null => {
  const role = managedRole(principal.address, []);
  const resources = unique(auth.flatMap((linked) => expressionOf(role.place, linked)));
  const places = auth.flatMap(({ link }) => (link.kind === 'managed' ? [link.secret.address] : []));
  return resources.length === 0
    ? null
    : step(
        `and, where nothing else lets it read the secrets of its proxy, ${addTo(role.place).replace(/^A/, 'a')}${notesFor(role.place, places, 'ARN')}`,
        rolePolicy(role, 'reads_secrets', 'secretsmanager:GetSecretValue', resources),
      );
};

const mendOf = (
  { address }: CarriedExcess['carrier'],
  of: Excess['of'],
  needs: RoleNeeds,
  pairs: readonly ProxyFacts[],
): string => {
  const action = actions.get(of);
  if (action === undefined) {
    return `Take ${address} from ${needs.principal.address}, and let it read the secrets of its proxy alone.`;
  }
  const resources =
    of === 'secrets' ? secretsOf(address, needs) : of === 'connect' ? targetsOf(address, needs, pairs) : null;
  if (resources === null) {
    return `In ${address} let ${action} name the keys of the secrets that its proxy reads, or delete it where none has a key of its own.`;
  }
  if (resources.length === 0) return `In ${address} delete ${action}: the proxy does not call it.`;
  const places = needs.auth.flatMap(({ link }) => (link.kind === 'managed' ? [link.secret.address] : []));
  const note = of === 'secrets' ? notesFor(address, places, 'ARN') : '';
  return step(`In ${address} let ${action} stand alone, and write as its resources${note}`, [
    `[${resources.join(', ')}]`,
  ]);
};

const secretsOf = (place: string, { auth }: RoleNeeds): readonly string[] =>
  unique(auth.flatMap((linked) => expressionOf(place, linked)));

const expressionOf = (place: string, { link }: LinkedAuth): readonly string[] => {
  if (link.kind === 'managed') return [`${inModuleOf(place, link.secret.address)}.arn`];
  if (link.kind === 'master') return [`${inModuleOf(place, link.database.address)}.master_user_secret[0].secret_arn`];
  return link.kind === 'outside' ? [quoted(link.text)] : [];
};

const targetsOf = (place: string, { endToEnd, users }: RoleNeeds, pairs: readonly ProxyFacts[]): readonly string[] =>
  endToEnd === false
    ? []
    : unique(
        pairs.flatMap(({ target }) =>
          target?.kind === 'database'
            ? [...(users ?? ['*'])].map(
                (user) =>
                  `"${connectResource({ kind: 'database', entity: target.facts.database }, user, { address: place })}"`,
              )
            : [],
        ),
      );
