import { type Value, absent, known, unknown } from '../../model/value.ts';
import { type View, argument, attribute, blocksOf, booleanArgument, originOf } from '../../terraform/values.ts';

/** The first of several arguments that is set, or absent. */
export const firstSet = (view: View, names: readonly string[]): Value<string> => {
  for (const name of names) {
    const value = argument(view, name);
    if (value.kind !== 'absent') return value;
  }
  return absent(originOf(view, names[0]));
};

/** What a database takes its settings from, where it is not made new (fact 5.17). */
export const restoredFrom = (view: View, names: readonly string[]): Value<string> => {
  const { blocks, complete } = blocksOf(view, 'restore_to_point_in_time');
  const origin = originOf(view, 'restore_to_point_in_time');
  if (blocks.length > 0) return known('restore_to_point_in_time', origin);
  if (!complete) return unknown(origin);
  return firstSet(view, names);
};

/** A blue/green update switches to a database that has the change already. */
export const changesAtOnce = (view: View): Value<boolean> => {
  const [update] = blocksOf(view, 'blue_green_update').blocks;
  const blueGreen = update === undefined ? undefined : booleanArgument(update, 'enabled');
  return blueGreen?.kind === 'known' && blueGreen.value ? blueGreen : booleanArgument(view, 'apply_immediately');
};

/** `master_user_secret[0].secret_arn`: the secret that RDS makes and rotates itself (fact 2.10). */
export const masterSecretArn = (view: View): Value<string> => {
  const { blocks, complete } = blocksOf(view, 'master_user_secret');
  const origin = originOf(view, 'master_user_secret');
  if (blocks[0] !== undefined) return attribute(blocks[0], 'secret_arn');
  return complete ? absent(origin) : unknown(origin);
};

/** `master_user_secret[0].kms_key_id`, where the argument that chose it is not in view. */
export const masterSecretKey = (view: View): Value<string> => {
  const { blocks, complete } = blocksOf(view, 'master_user_secret');
  const origin = originOf(view, 'master_user_secret');
  if (blocks[0] !== undefined) return attribute(blocks[0], 'kms_key_id');
  return complete ? absent(origin) : unknown(origin);
};

export const lowerCase = (value: Value<string>): Value<string> =>
  value.kind === 'known' ? { ...value, value: value.value.toLowerCase() } : value;

/** Whether the attribute `id` holds the resource id, by the version of the provider's schema (fact 4.21). */
export const meaningOfInstanceId = (schemaVersion: number | null): 'resource-id' | 'identifier' | 'unknown' => {
  if (schemaVersion === null) return 'unknown';
  return schemaVersion >= 2 ? 'resource-id' : 'identifier';
};
