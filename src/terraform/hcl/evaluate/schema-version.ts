import type { SourceInput } from '../../source.ts';
import { parseFile } from '../parse/parse.ts';
import type { Expression } from '../syntax.ts';
import type { ConfigBlock, ConfigBody } from './config-body.ts';
import type { Modules } from './modules.ts';

/**
 * The version of the AWS provider's schema for a type, as a plan states it: `aws_db_instance` has 1 up to provider 4 and 2
 * from 5.0 on, when its `id` became the resource id (fact 4.21). The lock file says which provider it is, else the version
 * constraints do, where they leave no choice. Null where nothing says, and for every other type.
 */
export const schemaVersionOf = (input: SourceInput, modules: Modules): ((type: string) => number | null) => {
  const major = lockedMajor(input) ?? constrainedMajor(modules);
  const version = major === null ? null : major < 5 ? 1 : 2;
  return (type) => (type === 'aws_db_instance' ? version : null);
};

const textOf = (expression: Expression | undefined): string | undefined =>
  expression?.kind === 'literal' && typeof expression.value === 'string' ? expression.value : undefined;

const lockedMajor = ({ lockFile }: SourceInput): number | null => {
  if (lockFile === null) return null;
  const { body } = parseFile(lockFile);
  const aws = body.blocks.find(({ labels }) => labels[0]?.text.endsWith('/hashicorp/aws') === true);
  const version = Number.parseInt(textOf(aws?.body.attributes.get('version')?.value) ?? '', 10);
  return Number.isNaN(version) ? null : version;
};

/** The lowest that the constraints of all modules leave, if it is at least 5; 4 if they leave nothing above. */
const constrainedMajor = ({ read }: Modules): number | null => {
  const settings = read().flatMap((config) => config.settings);
  const constraints = settings.flatMap(awsConstraints).flatMap((text) => text.split(','));
  const lowest = Math.max(0, ...constraints.flatMap((constraint) => boundOf(constraint, /^\s*(?:>=|>|~>|=)?\s*(\d+)/)));
  if (lowest >= 5) return lowest;
  const isBelow5 = constraints.some((constraint) =>
    /^\s*(?:<\s*[1-5](?:\.0)*\s*$|(?:~>|=)\s*[1-4]\.\d|[1-4]\.)/.test(constraint),
  );
  return isBelow5 ? 4 : null;
};

const boundOf = (constraint: string, pattern: RegExp): readonly number[] => {
  const found = pattern.exec(constraint)?.[1];
  return found === undefined || /^\s*[<!]/.test(constraint) ? [] : [Number(found)];
};

const awsConstraints = (settings: ConfigBlock): readonly string[] => {
  const blocks = settings.body.blocks.filter(({ type }) => type === 'required_providers').map(({ body }) => body);
  return blocks.flatMap((body: ConfigBody) => versionsIn(body.attributes.get('aws')?.value));
};

const versionsIn = (expression: Expression | undefined): readonly string[] => {
  if (expression?.kind !== 'object') return textOf(expression) === undefined ? [] : [String(textOf(expression))];
  const item = expression.items.find(({ key }) => key.kind === 'literal' && key.value === 'version');
  return item === undefined ? [] : [textOf(item.value) ?? ''];
};
