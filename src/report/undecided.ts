import type { Connection } from '../model/connection.ts';
import type { Report } from '../model/report.ts';
import { isUndecided } from './excused.ts';
import { judgedInput } from './pretty/headline.ts';

/** What keeps a judgement open, as far as somebody can do something about it. */
type Cause = 'after-apply' | 'not-kept' | 'not-in-view';

const signs: Readonly<Record<Cause, RegExp>> = {
  'after-apply': /after apply/,
  'not-kept': /the plan keeps|the configuration shows|not in the (?:plan|configuration)/,
  'not-in-view': /not in view|not shown by the data source/,
};

const causesOf = (reasons: readonly string[]): ReadonlySet<Cause> =>
  new Set(
    (['after-apply', 'not-kept', 'not-in-view'] as const).filter((cause) =>
      reasons.some((text) => signs[cause].test(text)),
    ),
  );

const reasonsOf = (connections: readonly Connection[]): readonly string[] =>
  connections
    .filter(({ verdict }) => verdict === 'unknown')
    .flatMap(({ legs }) => legs.filter(({ status }) => status === 'unknown').map(({ reason }) => reason));

const judgeState =
  'To decide what is known after apply, judge the state then:\n  terraform show -json > state.json\n  rds-auth-policy state.json';

const giveSource = 'To decide what a plan does not keep, give the configuration that it was made of with --source.';

const giveContext =
  'To decide what is not in view or not shown, give the plan or state that manages it with --context.';

/** What decides what a report leaves open: without it, whoever reads "undecided" has nothing to do. */
export const waysToDecide = (report: Report): readonly string[] => {
  const { connections, findings } = report;
  const open = findings.filter(isUndecided);
  const causes = causesOf([...reasonsOf(connections), ...open.map(({ message }) => message)]);
  const judged = judgedInput(report);
  const isAlone = judged?.source === null;
  const isToCome = causes.has('after-apply') || (causes.has('not-kept') && !isAlone);
  return [
    ...(causes.has('not-kept') && isAlone ? [giveSource] : []),
    ...(isToCome && judged?.kind === 'plan-json' ? [judgeState] : []),
    ...(causes.has('not-in-view') ? [giveContext] : []),
  ];
};

const explainLater =
  'To decide what is known after apply, explain it with the state then. Of an IAM policy, a plan keeps more where it is written with data.aws_iam_policy_document than with jsonencode.';

/** The same of one connection, for whoever has asked about it. */
export const waysToDecideOne = (connection: Connection): readonly string[] => {
  const causes = causesOf(reasonsOf([connection]));
  const isLater = causes.has('after-apply') || causes.has('not-kept');
  return [...(isLater ? [explainLater] : []), ...(causes.has('not-in-view') ? [giveContext] : [])];
};
