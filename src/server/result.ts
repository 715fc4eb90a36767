/** What a caller is told in the end. */
export type Result = {
  readonly status: 'passed' | 'failed';
  readonly message: string;
  /** Of the report for people. */
  readonly url?: string;
  readonly outcomes: readonly Outcome[];
};

export type Outcome = {
  readonly id: string;
  /** One line. */
  readonly description: string;
  /** Markdown. */
  readonly body: string;
  readonly url?: string;
  readonly tags: Readonly<Record<string, Tag>>;
};

export type Tag = { readonly label: string; readonly level: 'none' | 'info' | 'warning' | 'error' };

export const longestMessage = 1000;

/** Where documentation and schema of HCP Terraform differ, the narrower counts. Of texts: characters. */
const limits = { message: longestMessage, url: 500, outcomes: 250, id: 64, description: 1000, body: 10_000, label: 32 };
/** Of a request as a whole, in bytes. */
const largestPayload = 1_000_000;

const cutNote = '\n\n*The rest was left out: it is too long for this place.*';

/** The body of a callback; outcomes only for who takes them. */
export const payloadOf = (result: Result, takesOutcomes: boolean): string => {
  const { status, message, url, outcomes } = result;
  const attributes = { status, message: oneLine(message, limits.message), ...addressOf(url) };
  const data = takesOutcomes ? fitted(outcomes, url) : [];
  return JSON.stringify({
    data: {
      type: 'task-results',
      attributes,
      ...(data.length === 0 ? {} : { relationships: { outcomes: { data } } }),
    },
  });
};

/** The body of a callback that says that there will be a result. */
export const progressOf = (message: string): string =>
  JSON.stringify({ data: { type: 'task-results', attributes: { status: 'running', message } } });

type WrittenOutcome = ReturnType<typeof written>;

/** As many as there is room for, and one that says how many there are besides. */
const fitted = (outcomes: readonly Outcome[], url: string | undefined): readonly WrittenOutcome[] => {
  const all = outcomes.slice(0, limits.outcomes).map(written);
  let room = largestPayload - 10_000;
  const count = all.findIndex((outcome) => {
    room -= Buffer.byteLength(JSON.stringify(outcome)) + 1;
    return room < 0;
  });
  const kept = count < 0 ? all : all.slice(0, count);
  if (kept.length === outcomes.length) return kept;
  const shown = kept.slice(0, limits.outcomes - 1);
  return [...shown, written(restOf(outcomes.length - shown.length, url))];
};

const restOf = (count: number, url: string | undefined): Outcome => ({
  id: 'more',
  description: `${count} more findings and ways in`,
  body: `There is more than HCP Terraform shows. ${url === undefined ? 'Mend these first.' : 'The report has all of it.'}`,
  ...addressOf(url),
  tags: {},
});

const written = ({ id, description, body, url, tags }: Outcome) => ({
  type: 'task-result-outcomes',
  attributes: {
    'outcome-id': cut(id, limits.id),
    description: oneLine(description, limits.description),
    body: body.length <= limits.body ? body : `${closed(cut(body, limits.body - 120))}${cutNote}`,
    ...addressOf(url),
    ...(Object.keys(tags).length === 0 ? {} : { tags: writtenTags(tags) }),
  },
});

const writtenTags = (tags: Outcome['tags']) =>
  Object.fromEntries(
    Object.entries(tags).map(([key, { label, level }]) => [key, [{ label: cut(label, limits.label), level }]]),
  );

/** What is cut within a block of code would make one of the note, too. */
const closed = (body: string): string => {
  const fences = body.match(/^(`{3,})/gm) ?? [];
  return fences.length % 2 === 0 ? body : `${body}\n${fences.at(-1)}`;
};

const addressOf = (url: string | undefined): { readonly url?: string } =>
  url === undefined || url.length > limits.url ? {} : { url };

/** Never empty, which would be refused. */
const oneLine = (text: string, length: number): string => cut(text.replace(/\s+/g, ' ').trim() || '-', length);

/** Half of a character would be no character. */
const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/u, '')}…`;
