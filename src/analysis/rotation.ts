import type { RotationFunction, Secret, SecretRotation } from '../model/auth-model.ts';
import type { Judgement, SubjectAttributes } from '../model/judgement.ts';
import { type Value, literal } from '../model/value.ts';
import { throughAliases } from './join.ts';
import { allOf, fails, holds, undecided } from './judgement.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import { oneUserMend, rotationMend } from './rotation-mend.ts';
import { judged, textLater } from './subject-attributes.ts';
import type { World } from './world.ts';

/** How the secret of an `auth` block is rotated. */
export const rotationAttributes = (
  world: World,
  facts: ProxyFacts,
  secret: Secret,
  weigh: (judgement: Judgement) => Judgement,
): SubjectAttributes => {
  const rotated = weigh(judgeRotated(world, secret));
  const keepsUser = weigh(judgeKeepsUser(world, secret));
  const [first] = world.rotations.of(secret.id);
  const rotator = first === undefined ? null : functionOf(world, first.lambdaArn);
  return {
    rotated: judged(rotated),
    rotationMend: textLater(() => (rotated.holds === true ? '' : rotationMend(world, facts, secret))),
    keepsUser: judged(keepsUser),
    oneUserMend: textLater(() =>
      keepsUser.holds === true ? '' : oneUserMend(first?.address ?? secret.address, rotator),
    ),
  };
};

const judgeRotated = (world: World, { id, address, managed, origin }: Secret): Judgement => {
  const [rotation] = world.rotations.of(id);
  // Only a service that manages a secret rotates it without a function (fact 2.15).
  if (rotation?.lambdaArn.kind === 'absent' && managed) {
    const words = `${rotation.address} names no function that rotates ${address}, and no service manages that secret`;
    return fails(words, [origin, rotation.lambdaArn.origin]);
  }
  if (rotation !== undefined) return holds(`${rotation.address} rotates ${address}`, [rotation.origin]);
  const [stray] = world.rotations.maybeOf(id);
  if (stray !== undefined) {
    return undecided(`which secret ${stray.address} rotates is known after apply`, [origin, stray.origin]);
  }
  const missing = `nothing in view rotates ${address}`;
  return world.model.complete
    ? fails(missing, [origin])
    : undecided(`${missing}, in a plan that is not complete`, [origin]);
};

const judgeKeepsUser = (world: World, secret: Secret): Judgement =>
  allOf(
    world.rotations.of(secret.id).map((rotation) => judgeFunction(world, secret, rotation)),
    `no rotation of ${secret.address} is in view`,
  );

/** As AWS calls its templates, and those who copy them. */
const alternates = /multi[-_ ]?user|alternating/i;

/** Two users take turns in the secret, and the proxy knows the one who is in it (fact 2.11). */
const judgeFunction = (world: World, secret: Secret, { address, lambdaArn }: SecretRotation): Judgement => {
  const origins = [lambdaArn.origin];
  const rotator = functionOf(world, lambdaArn);
  const names = rotator === null ? throughAliases(lambdaArn, world.aliases) : [...rotator.names, ...rotator.arns];
  const found = names.find((name) => alternates.test(literal(name) ?? ''));
  if (found !== undefined) {
    const words = `${address} rotates ${secret.address} with ${literal(found)}, which lets two users take turns`;
    return fails(words, [...origins, found.origin]);
  }
  const open = (rotator === null ? names : rotator.names).some(({ kind }) => kind === 'unknown');
  if (open) return undecided(`which function ${address} rotates ${secret.address} with is known after apply`, origins);
  return lambdaArn.kind === 'absent'
    ? holds(`the service that manages ${secret.address} rotates it`, origins)
    : holds('', origins, [`the function that rotates ${secret.address} is assumed to leave its user as it is`]);
};

const functionOf = (world: World, arn: Value<string>): RotationFunction | null => {
  const join = world.findRotationFunction(arn);
  return join.kind === 'one' ? join.entity : null;
};
