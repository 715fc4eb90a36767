import { type ListValue, known } from '../model/value.ts';
import { placed } from './from-source.ts';
import type { GraphResource } from './graph.ts';
import { originOf, viewOf } from './view.ts';

const path = 'lifecycle.ignore_changes';

/**
 * The arguments whose changes Terraform leaves as they are: `all` for all of them. Neither a plan nor a state tells, so
 * that without the text anything may be in the list.
 */
export const ignoredChanges = (resource: GraphResource): ListValue<string> => {
  const origin = { ...originOf(viewOf(resource)), path };
  if (resource.source === null) return { items: [], complete: false, origin };
  const { bodies, complete } = resource.source.blocks('lifecycle');
  // An override brings a block of its own, whose list is the one that counts.
  const body = bodies.filter((one) => one.attribute('ignore_changes') !== undefined).at(-1);
  const place = body?.attribute('ignore_changes')?.place;
  const words = body?.words('ignore_changes') ?? [];
  return { items: words.map((word) => known(word, placed(origin, place, body?.calls))), complete, origin };
};
