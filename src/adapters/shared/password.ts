import { some } from '../../iam/tri.ts';
import type { Tri } from '../../model/value.ts';
import { type View, attribute, isSet, isUnknown, rawValue } from '../../terraform/values.ts';

/** Generators whose result is never empty. */
const generator = /(?:^|\.)random_(?:password|string|id|uuid)\./;

const isGiven = (view: View, name: string): Tri => {
  if (!isUnknown(view, name)) return (rawValue(view, name) ?? '') !== '';
  const value = attribute(view, name);
  const references = value.kind === 'unknown' && value.trailEnds.length === 0 ? value.references : [];
  return (references.length > 0 && references.every(({ resource }) => generator.test(resource))) || 'unknown';
};

/** No plan shows a write-only argument; the version that comes with it says that there is one. */
const isWritten = (view: View): Tri => {
  if (rawValue(view, 'password_wo_version') !== undefined) return true;
  return isSet(view, 'password_wo') && 'unknown';
};

/** Whether a user is given a password by one of the arguments. What it is, is never read. */
export const hasPassword = (view: View, names: readonly string[]): Tri =>
  some([...names.map((name) => isGiven(view, name)), isWritten(view)]);
