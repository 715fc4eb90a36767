import type { Reference } from '../model/value.ts';
import { isDataSource } from './address.ts';
import { writtenAt } from './from-source.ts';
import { referencesIn } from './hcl/made-from.ts';
import { originsOf } from './hcl/values.ts';
import type { SourceAttribute } from './source.ts';
import { type View, flagAt, trailOf } from './view.ts';

/**
 * What the text says of an argument, unless the plan says that it was made of another: a text may have been changed
 * since. The plan keeps which resources an expression refers to; where it keeps all of them, no other one can be meant,
 * and where they are known after apply, so is the value.
 */
export const writtenIn = (view: View, name: string): SourceAttribute | undefined => {
  const written = writtenAt(view.source, name);
  return written === undefined || agrees(view, name, written) ? written : undefined;
};

const agrees = (view: View, name: string, { value }: SourceAttribute): boolean => {
  const [node, more] = view.nodes;
  // Several blocks of the configuration may have made this one, or one that the plan does not keep.
  if (node?.[name] === undefined || more !== undefined) return true;
  const { references, trailEnds } = trailOf(view, name);
  if (references.length === 0 || trailEnds.length > 0) return true;
  const origins = originsOf(value);
  // What is made from an attribute may be known before the attribute is.
  const named = origins.references.length > 0 ? origins.references : referencesIn([value]);
  // Also where the text has lost the trail, in a module that is not there: the plan has kept it.
  if (named.length === 0) return flagAt(view.unknown, name) !== true;
  // What a data source answers may lead on to something else.
  if (references.some(({ resource }) => isDataSource(resource))) return true;
  const kept = new Set(references.map(keptName));
  return named.every(({ resource, path }) => {
    const own = withoutKeys(resource);
    return kept.has(`${own} *`) || kept.has(`${own} ${attributeOf(path)}`);
  });
};

/** The attribute that is meant. The whole of a resource is any of them, and of an ARN pieces have names of their own. */
const keptName = ({ resource, path }: Reference): string => {
  const attribute = attributeOf(path);
  return `${withoutKeys(resource)} ${attribute === '' || attribute === 'arn' ? '*' : attribute}`;
};

const attributeOf = (path: string): string => path.split(/[.[]/)[0] ?? '';

const withoutKeys = (resource: string): string => resource.replaceAll(/\[(?:\d+|\*|"(?:[^"\\]|\\.)*")\]/g, '');
