import type { Hole } from '../../symbolic.ts';
import type { Pieces } from '../scalars.ts';

/** What may stand in a hole: texts to try. The first is its own, so that it is found again in a result. */
export type Form = readonly [string, ...string[]];

const hex = '0d5e8a1b2c3f49678';
const capitals = 'QZ7K2MXW4RTB8LNV5CJD3FGH6P';
const rotate = (text: string, by: number): string => text.slice(by % text.length) + text.slice(0, by % text.length);

/** The first ones are seldom written in texts. */
const regions = [
  'us-gov-west-1',
  'ap-southeast-5',
  'il-central-1',
  'mx-central-1',
  'eu-south-2',
  'ca-west-1',
  'me-south-1',
];
const partitions = ['aws-us-gov', 'aws-iso-b', 'aws-eusc', 'aws-cn', 'aws-iso', 'aws-iso-e', 'aws-iso-f'];
const pick = (all: readonly string[], at: number): string => all[at % all.length] ?? '';

type Maker = (number: number) => Form;

const idForm =
  (prefix: string, characters: string): Maker =>
  (number) => [
    prefix + rotate(characters, number),
    prefix + rotate(characters, number + 5),
    prefix + '0'.repeat(characters.length),
    prefix + (characters.at(-1) ?? '').repeat(characters.length),
  ];

/** The ids that AWS gives: fact 4.2. */
const ids: readonly { readonly path: RegExp; readonly resource: RegExp; readonly form: Maker }[] = [
  { path: /^arn\[6\]$/, resource: /aws_db_proxy\./, form: idForm('prx-', hex) },
  { path: /^(?:resource_id|dbi_resource_id)$/, resource: /aws_(?:db|rds)_/, form: idForm('db-', capitals) },
  { path: /^cluster_resource_id$/, resource: /aws_/, form: idForm('cluster-', capitals) },
];

const account: Maker = (number) => [rotate('918273645546', number), rotate('271828182845', number), '000000000000'];

/** What may stand at a place of an ARN, and how it is found where the arguments write one out. */
type Segment = { readonly make: Maker; readonly written: RegExp };

/** By the place in an ARN. */
const segments: Readonly<Record<number, Segment>> = {
  1: {
    make: (number) => [pick(partitions, number), pick(partitions, number + 1), 'aws'],
    written: /\baws(?:-[a-z]+)*(?=:)/,
  },
  3: {
    make: (number) => [pick(regions, number), pick(regions, number + 1), pick(regions, number + 2)],
    written: /\b[a-z]{2,4}(?:-[a-z]+)+-\d\b/,
  },
  4: { make: account, written: /\b\d{12}\b/ },
};

/** The last one tried is what the arguments write: all of the text may be what they look for. */
const segmentForm = (segment: number, number: number, written: string): Form | undefined => {
  const found = segments[segment];
  const text = found?.written.exec(written)?.[0];
  if (found === undefined) return undefined;
  return text === undefined ? found.make(number) : [...found.make(number), text];
};

/**
 * Forms of the holes that have one. Each has its own first text, as far as there are enough of them. `written` is what the
 * function is given, and looks for.
 */
export const formsOf = (args: readonly Pieces[], written: string): ReadonlyMap<Hole, Form> => {
  const forms = new Map<Hole, Form>();
  for (const [hole, segment] of args.flatMap(segmentsOf)) {
    const form = idOf(hole, forms.size) ?? segmentForm(segment, forms.size, written);
    if (form !== undefined) forms.set(hole, form);
  }
  return forms;
};

/** Each hole with its place in an ARN; no number where it has none. */
const segmentsOf = (pieces: Pieces): readonly (readonly [Hole, number])[] => {
  let segment = Number.NaN;
  return pieces.flatMap((piece, index) => {
    if (typeof piece !== 'string') {
      return [[piece, segmentOf(piece) ?? (isSegment(pieces, index) ? segment : Number.NaN)] as const];
    }
    segment = segmentAfter(piece, segment);
    return [];
  });
};

/** How many colons stand behind the beginning of an ARN; no number before one begins. */
const segmentAfter = (text: string, before: number): number => {
  const start = text.lastIndexOf('arn:');
  const colons = (part: string) => part.split(':').length - 1;
  if (start < 0) return before + colons(text);
  return /[\w-]/.test(text.charAt(start - 1)) ? Number.NaN : colons(text.slice(start));
};

const idOf = ({ exactly }: Hole, number: number): Form | undefined => {
  if (exactly === undefined) return undefined;
  return ids.find(({ path, resource }) => path.test(exactly.path) && resource.test(exactly.resource))?.form(number);
};

/** The hole is called by its place in an ARN. */
const segmentOf = ({ exactly }: Hole): number | undefined => {
  const place = exactly === undefined ? null : /^(?:db_instance_)?arn\[([134])\]$/.exec(exactly.path);
  return place === null ? undefined : Number(place[1]);
};

/** The hole stands alone between two colons, and holds none. */
const isSegment = (pieces: Pieces, index: number): boolean => {
  const [before, hole, after] = [pieces[index - 1], pieces[index], pieces[index + 1]];
  if (typeof before !== 'string' || typeof after !== 'string' || typeof hole === 'string') return false;
  return before.endsWith(':') && after.startsWith(':') && (hole?.without ?? '').includes(':');
};
