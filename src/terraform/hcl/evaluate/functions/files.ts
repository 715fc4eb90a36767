import { madeFrom } from '../../made-from.ts';
import type { Symbolic } from '../../symbolic.ts';
import { failure, lost, scalar } from '../../values.ts';
import { isKnownNull } from '../scalars.ts';
import { at, withTexts } from './arguments.ts';
import { type FunctionContext, type FunctionTable, type TerraformFunction, whole } from './context.ts';
import { obstaclesFrom } from './fillings.ts';
import { withTextsOrHoles } from './lift.ts';

const ofPath = (use: (path: string, context: FunctionContext) => Symbolic): TerraformFunction =>
  whole(1, 1, (args, context) => withTexts(args, (path = '') => use(path, context)));

/** A file that is not there for us may be there for Terraform: it may be made before the plan, or lie outside. */
const contentOf = (path: string, { readText }: FunctionContext): Symbolic => {
  const text = readText(path);
  return text === null ? lost(`file(${JSON.stringify(path)})`) : scalar(text);
};

const template = (args: readonly Symbolic[], context: FunctionContext): Symbolic =>
  withTexts(args.slice(0, 1), (path = '') => {
    const text = context.readText(path);
    if (text === null) return lost(`templatefile(${JSON.stringify(path)})`);
    return rendered(text, path, at(args, 1), context);
  });

const rendered = (text: string, path: string, variables: Symbolic, context: FunctionContext): Symbolic => {
  if (variables.kind === 'map') return itsOwn(context.evaluateTemplate(text, path, variables.entries));
  if (variables.kind === 'unknown') return context.evaluateTemplate(text, path, new Map());
  return isKnownNull(variables) ? failure('templatefile()') : lost('templatefile()');
};

/** What it takes of the variables it says itself. */
const itsOwn = (value: Symbolic): Symbolic =>
  value.kind === 'known' || value.kind === 'text' ? { ...value, from: madeFrom(value) } : value;

const templateText = (args: readonly Symbolic[], context: FunctionContext): Symbolic =>
  withTexts(args.slice(0, 1), (text = '') => rendered(text, '', at(args, 1), context));

const clean = (path: string): string => {
  const rooted = path.startsWith('/');
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else if (step !== '..' || !rooted) steps.push(step);
  }
  return (rooted ? '/' : '') + steps.join('/') || '.';
};

const directoryOf = (path: string): string => {
  const end = path.lastIndexOf('/');
  return clean(end < 0 ? '.' : path.slice(0, end + 1));
};

const baseOf = (path: string): string => {
  if (path === '') return '.';
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
};

export const fileFunctions: FunctionTable = {
  file: ofPath(contentOf),
  fileexists: ofPath((path, { readText }) =>
    readText(path) === null ? lost(`fileexists(${JSON.stringify(path)})`) : scalar(true),
  ),
  templatefile: whole(2, 2, template),
  templatestring: whole(2, 2, templateText),
  dirname: ofPath((path) => scalar(directoryOf(path))),
  basename: whole(1, 1, (args, context) =>
    withTextsOrHoles(args, context, obstaclesFrom(['', '/', 'a/', '/a', 'a/b']), (path = '') => scalar(baseOf(path))),
  ),
  pathexpand: ofPath((path) => (path.startsWith('~') ? lost('pathexpand()') : scalar(path))),
  abspath: ofPath((path) => (path.startsWith('/') ? scalar(clean(path)) : lost('abspath()'))),
};
