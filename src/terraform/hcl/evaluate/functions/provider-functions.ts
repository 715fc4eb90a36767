import { type Stretch, literalStretch, stretchOf, textOfStretches } from '../../made-from.ts';
import type { Symbolic } from '../../symbolic.ts';
import { failure, map, scalar } from '../../values.ts';
import { attributeIn } from '../access.ts';
import { computedFrom } from '../scalars.ts';
import { type FunctionContext, type FunctionTable, whole } from './context.ts';
import { obstaclesFrom } from './fillings.ts';
import { withTextsOrHoles } from './lift.ts';

/** Functions that providers bring along. */

const arnParts = ['partition', 'service', 'region', 'account_id', 'resource'] as const;

/** Five colons, and whatever follows them is the resource. */
const parseArn = (text: string): Symbolic => {
  const [prefix, partition, service, region, account, ...resource] = text.split(':');
  if (prefix !== 'arn' || resource.length === 0) return failure('arn_parse()');
  const values = [partition, service, region, account, resource.join(':')];
  return map(new Map(arnParts.map((name, index) => [name, scalar(values[index] ?? '')])));
};

const arnParse = (args: readonly Symbolic[], context: FunctionContext): Symbolic =>
  withTextsOrHoles(args, context, obstaclesFrom(['', 'a:b', 'arn:', 'x']), (text = '') => parseArn(text));

const arnBuild = (args: readonly Symbolic[]): Symbolic => {
  const stretches: Stretch[] = [literalStretch('arn')];
  for (const arg of args) {
    const stretch = stretchOf(arg);
    if (stretch === null) return arg.kind === 'instance' ? computedFrom(args) : failure('arn_build()');
    stretches.push(literalStretch(':'), stretch);
  }
  return textOfStretches(stretches);
};

/** A path that begins with a slash is cut at the last one. */
const trimRolePath = (text: string): string => text.replace(/:role\/.*\//, ':role/');

const roleWithoutPath = (args: readonly Symbolic[], context: FunctionContext): Symbolic =>
  withTextsOrHoles(args, context, obstaclesFrom(['', ':role/a/', '/', 'role/']), (text = '') => {
    const parsed = parseArn(text);
    const resource = attributeIn(parsed, 'resource');
    const isRole = resource.kind === 'known' && String(resource.value).startsWith('role/');
    return isRole ? scalar(trimRolePath(text)) : failure('trim_iam_role_path()');
  });

export const providerFunctions: FunctionTable = {
  'provider::aws::arn_parse': whole(1, 1, arnParse),
  'provider::aws::arn_build': whole(5, 5, arnBuild),
  'provider::aws::trim_iam_role_path': whole(1, 1, roleWithoutPath),
};
