/**
 * Of what is used by its name and cannot be changed in place, such as a parameter group, whose family goes with the major
 * version: the new one is there before the old one goes, so that neither has all of the name.
 */
export const replaceable = (name: string) =>
  ({ namePrefix: `${name}-`, lifecycle: { createBeforeDestroy: true } }) as const;
