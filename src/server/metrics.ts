/** Counts for Prometheus, in its text format 0.0.4. */
export type Metrics = {
  readonly count: (name: CounterName, labels: Readonly<Record<string, string>>) => void;
  readonly observe: (name: HistogramName, seconds: number) => void;
  /** What is measured when it is asked for. */
  readonly render: (gauges: Readonly<Record<GaugeName, number>>) => string;
};

const counters = {
  requests_total: 'Requests to the run task, by the status of the answer.',
  tasks_total: 'Tasks that ended, by stage and result.',
  callbacks_total: 'Last callbacks, by what became of them.',
  callback_tries_total: 'Requests to a callback, by the status of the answer, or the code of what kept it from coming.',
} as const;

const histograms = {
  acknowledgement_seconds: { help: 'Time until a request was answered.', bounds: [0.005, 0.025, 0.1, 0.5, 1, 5] },
  task_seconds: { help: 'Time from a request to its result.', bounds: [1, 5, 15, 60, 300, 900, 3600] },
} as const;

const gauges = {
  tasks_waiting: 'Tasks that wait.',
  tasks_running: 'Tasks at work.',
  resident_memory_bytes: 'Memory of the server, without its checks.',
} as const;

type CounterName = keyof typeof counters;
type HistogramName = keyof typeof histograms;
type GaugeName = keyof typeof gauges;

const prefix = 'rds_auth_policy_';

export const createMetrics = (): Metrics => {
  const counts = new Map<string, number>();
  const times = new Map<HistogramName, number[]>();
  return {
    count: (name, labels) => {
      const key = `${prefix}${name}${labelsOf(labels)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    observe: (name, seconds) => {
      const { bounds } = histograms[name];
      const [sum = 0, count = 0, ...buckets] = times.get(name) ?? [0, 0, ...bounds.map(() => 0)];
      const added = buckets.map((found, index) => found + (seconds <= (bounds[index] ?? 0) ? 1 : 0));
      times.set(name, [sum + seconds, count + 1, ...added]);
    },
    render: (values) =>
      [
        ...namesOf(counters).flatMap((name) => [
          ...head(name, counters[name], 'counter'),
          ...[...counts]
            .filter(([key]) => key.startsWith(`${prefix}${name}{`))
            .map(([key, value]) => `${key} ${value}`),
        ]),
        ...namesOf(histograms).flatMap((name) => histogramLines(name, times.get(name) ?? [])),
        ...namesOf(gauges).flatMap((name) => [
          ...head(name, gauges[name], 'gauge'),
          `${prefix}${name} ${values[name]}`,
        ]),
        '',
      ].join('\n'),
  };
};

const namesOf = <Name extends string>(table: Readonly<Record<Name, unknown>>): readonly Name[] =>
  Object.keys(table) as Name[];

const histogramLines = (
  name: HistogramName,
  [sum = 0, count = 0, ...buckets]: readonly number[],
): readonly string[] => {
  const { help, bounds } = histograms[name];
  const full = `${prefix}${name}`;
  return [
    ...head(name, help, 'histogram'),
    ...bounds.map((bound, index) => `${full}_bucket{le="${bound}"} ${buckets[index] ?? 0}`),
    `${full}_bucket{le="+Inf"} ${count}`,
    `${full}_sum ${sum}`,
    `${full}_count ${count}`,
  ];
};

const head = (name: string, help: string, type: string): readonly string[] => [
  `# HELP ${prefix}${name} ${help}`,
  `# TYPE ${prefix}${name} ${type}`,
];

const labelsOf = (labels: Readonly<Record<string, string>>): string =>
  `{${Object.entries(labels)
    .map(([key, value]) => `${key}="${value.replace(/["\\\n]/g, '')}"`)
    .join(',')}}`;
