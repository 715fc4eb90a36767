import { literal } from '../model/value.ts';
import { blocksIn } from './auth-blocks.ts';
import { inModuleOf, moduleOf, referenceExpression } from './expressions.ts';
import { addTo, freeName, nameOf, notesFor, quoted, step, steps } from './mend-blocks.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import type { LinkedAuth } from './secrets.ts';
import type { World } from './world.ts';

/** What to write where `auth` blocks name their secrets by something else than the ARN. */
export const namingMend = (facts: ProxyFacts, world: World): string =>
  steps(...facts.auth.filter(({ naming }) => naming.byArn.holds !== true).map((auth) => blockMend(facts, world, auth)));

const blockMend = (facts: ProxyFacts, world: World, auth: LinkedAuth): string => {
  const place = facts.proxy.address;
  const where = `In ${blocksIn(facts, [auth])}`;
  const named = arnOf(place, world, facts, auth);
  if (named === null) {
    return `${where} write as secret_arn the ARN of the secret that holds username and password of the database user.`;
  }
  const { expression, address, data } = named;
  const write = step(`${where} write${notesFor(place, address === null ? [] : [address], 'ARN')}`, [
    `secret_arn = ${expression}`,
  ]);
  return data.length === 0 ? write : steps(step(addTo(place), data), write.replace(/^In/, 'and in'));
};

/** An expression, the address that it stands for, and the data source that it needs. */
type Named = { readonly expression: string; readonly address: string | null; readonly data: readonly string[] };

const arnOf = (place: string, world: World, facts: ProxyFacts, { link, naming }: LinkedAuth): Named | null => {
  if (naming.written !== null) {
    const reference = { ...naming.written, path: 'arn' };
    const address = reference.resource.replace(/^@\d+\//, '');
    return { expression: referenceExpression(place, reference, 'arn'), address, data: [] };
  }
  if (link.kind === 'managed') {
    const { address, judged, arn } = link.secret;
    const known = literal(arn);
    if (judged) return { expression: `${inModuleOf(place, address)}.arn`, address, data: [] };
    return known === undefined ? null : { expression: quoted(known), address: null, data: [] };
  }
  if (naming.meant.kind === 'absent') return onlySecret(place, world, facts);
  return link.kind === 'outside' ? readByName(world, link.text) : null;
};

/** The one secret that no other block of the proxy has. */
const onlySecret = (place: string, { model }: World, { auth }: ProxyFacts): Named | null => {
  const taken = new Set(auth.flatMap(({ link }) => (link.kind === 'managed' ? link.secret.id : [])));
  const free = model.secrets.filter(
    ({ id, judged, address }) => judged && !taken.has(id) && moduleOf(address) === moduleOf(place),
  );
  const [only, more] = free;
  return only === undefined || more !== undefined
    ? null
    : { expression: `${inModuleOf(place, only.address)}.arn`, address: only.address, data: [] };
};

/** A secret that is made elsewhere, by the name that is written in place of its ARN. */
const readByName = ({ model }: World, text: string): Named | null => {
  if (text.startsWith('arn:')) {
    return isOfSecret(text) ? { expression: quoted(text), address: null, data: [] } : null;
  }
  const type = 'data.aws_secretsmanager_secret';
  const name = freeName(model.secrets, type, nameOf(text));
  return {
    expression: `${type}.${name}.arn`,
    address: null,
    data: [`data "aws_secretsmanager_secret" "${name}" {`, `  name = ${quoted(text)}`, '}'],
  };
};

const isOfSecret = (arn: string): boolean => arn.split(':')[2] === 'secretsmanager';
