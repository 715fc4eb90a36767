import { matchActions } from '../iam/evaluate.ts';
import type { IamStatement } from '../model/iam.ts';
import { literal } from '../model/value.ts';
import type { Excess, Excesses } from './excess.ts';
import type { RoleNeeds } from './role-needs.ts';
import type { World } from './world.ts';

/** A proxy decrypts with the keys of its secrets (fact 2.5). Of a key that is not in view nobody can say whose it is. */
export const keyExcess = (world: World, statement: IamStatement, needs: RoleNeeds): Excesses => {
  const { actions, resources, conditions, origin } = statement;
  if (matchActions(actions, 'kms:Decrypt') !== true) return { found: [], open: false };
  const excess = (words: string, at = origin): Excess => ({ words, of: 'keys', origin: at });
  const manages = matchActions(actions, 'kms:PutKeyPolicy') === true ? [excess('change the policies of keys')] : [];
  // With `kms:ViaService` every key is the key of some secret, which the role must be able to read.
  if (conditions?.length !== 0) return { found: manages, open: false };
  if (resources.negated || resources.patterns.some((pattern) => /^\*+$|:key\/\*+$/.test(literal(pattern) ?? ''))) {
    return { found: [...manages, excess('decrypt with every key')], open: false };
  }
  const { keys, isShared } = needs;
  if (keys === null || isShared) return { found: manages, open: false };
  const others = resources.patterns.flatMap((pattern) => {
    const join = world.findKey(pattern);
    return join.kind === 'one' && !keys.has(join.entity.id)
      ? [excess(`decrypt with ${join.entity.address}`, pattern.origin)]
      : [];
  });
  return { found: [...manages, ...others], open: false };
};
