import type { AnalysisContext } from './analysis-context.ts';
import type { DatabaseFacts } from './databases.ts';
import { step, steps } from './mend-blocks.ts';

/** An instance does not say which cluster it is of; where there is only one, it is that. */
export const flagMend = ({ database, flagOnCluster }: DatabaseFacts, { databases }: AnalysisContext): string => {
  if (flagOnCluster.holds === true) return '';
  const clusters = [...databases.values()].filter(({ database: other }) => other.kind === 'cluster' && other.judged);
  const [only, more] = clusters.map((facts) => facts.database.address);
  const cluster = only === undefined || more !== undefined ? `the aws_rds_cluster of ${database.address}` : only;
  return steps(
    step(`In ${cluster} write`, ['iam_database_authentication_enabled = true']),
    `and in ${database.address} delete the line that sets iam_database_authentication_enabled.`,
  );
};
