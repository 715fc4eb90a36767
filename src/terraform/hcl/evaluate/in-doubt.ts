import type { ProviderKnowledge, SourceBody } from '../../source.ts';
import { lost } from '../values.ts';

/** A resource of which nobody can say whether it exists: nothing is known of what it does, but of what it belongs to. */
export const inDoubt = (body: SourceBody, pointsWith: ProviderKnowledge['pointsWith']): SourceBody => ({
  ...body,
  attribute: (name) => {
    const written = body.attribute(name);
    if (written === undefined || pointsWith(name)) return written;
    return { ...written, value: lost('count') };
  },
  blocks: () => ({ bodies: [], complete: false }),
});
