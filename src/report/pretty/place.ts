import type { Origin } from '../../model/value.ts';

/** `main.tf:12`; empty where no source was read. */
const positionOf = ({ file, line }: Partial<Origin>): string =>
  file === undefined ? '' : line === undefined ? file : `${file}:${line}`;

/** `called at main.tf:3`, of what stands in a module; `given at main.tf:5`, of what is handed on. */
const callsOf = ({ calls = [], given }: Partial<Origin>): readonly string[] => {
  if (given === undefined) return calls.length === 0 ? [] : [`called at ${calls.map(positionOf).join(', ')}`];
  const { leftOut } = given;
  return [
    leftOut === undefined ? `given at ${positionOf(given)}` : `called at ${positionOf(given)} without ${leftOut}`,
  ];
};

/** `aws_db_proxy.main.auth[0].iam_auth (main.tf:12)`, as far as it is known; with the file of a context that it is in. */
export const placeOf = (origin: Partial<Origin>, documents: readonly string[]): string => {
  const { address = '', path = '', document = 0 } = origin;
  const attribute = [address, path].filter((part) => part !== '').join('.');
  const context = document === 0 ? undefined : documents[document];
  const where = [positionOf(origin), context].filter((part) => part !== undefined && part !== '').join(' in ');
  const all = [where, ...callsOf(origin)].filter((part) => part !== '').join(', ');
  if (all === '') return attribute;
  return attribute === '' ? all : `${attribute} (${all})`;
};

/** The position alone, for where the address is said already: `main.tf:12, called at main.tf:3`. */
export const shortPlaceOf = (origin: Partial<Origin>): string =>
  hasLine(origin) ? [positionOf(origin), ...callsOf(origin)].join(', ') : '';

export const hasLine = ({ file, line }: Partial<Origin>): boolean => file !== undefined && line !== undefined;

/** The best place to act: an argument rather than the head of a block. */
export const bestOf = (origins: readonly Origin[]): Origin | undefined => {
  const placed = origins.filter(hasLine);
  return placed.find(({ path }) => path !== '') ?? placed[0];
};
