import type { World } from './world.ts';

/** Who gave a configuration has no plan: sentences speak of what was given. */
export type Spoken = { readonly model: Pick<World['model'], 'judgedInput'> };

/** What was given, in which something is, or is not. */
export const theInput = ({ model }: Spoken): string => `the ${model.judgedInput}`;

/** A plan keeps less than it was made of; a text shows what it says. */
export const keep = ({ model }: Spoken): string => (model.judgedInput === 'plan' ? 'keep' : 'show');

export const inputKeeps = (world: Spoken): string => `${theInput(world)} ${keep(world)}s`;
