import type { Json } from './json.ts';

/** One step of a traversal: an attribute name, or an index in brackets. */
export type Step = { readonly name: string } | { readonly index: string | number };

/** A key of a `count` or `for_each` instance. */
export type InstanceKey = string | number;

/** The `index` of a resource in plan JSON. */
export const instanceKey = (index: Json | undefined): InstanceKey | null =>
  typeof index === 'string' || typeof index === 'number' ? index : null;

const indexAt = (text: string, start: number): { step: Step; end: number } => {
  if (text[start] === '"') {
    let end = start + 1;
    while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
    return { step: { index: unquote(text.slice(start, end + 1)) }, end: end + 1 };
  }
  const close = text.indexOf(']', start);
  const end = close < 0 ? text.length : close;
  return { step: { index: Number(text.slice(start, end)) }, end };
};

/** Terraform quotes keys as HCL does: `${` and `%{` are doubled, the rest is as in JSON. */
export const unquote = (quoted: string): string => {
  const text = quoted.replaceAll(/([$%])\1(?=\{)/g, '$1');
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
};

const quote = (key: string): string => JSON.stringify(key).replaceAll(/[$%](?=\{)/g, '$&$&');

/** Splits `module.a["x.y"].aws_db_proxy.p[0].arn` into steps; quoted keys may hold dots and brackets. */
export const parseTraversal = (text: string): readonly Step[] => {
  const steps: Step[] = [];
  let position = 0;
  while (position < text.length) {
    const { step, end } = text[position] === '[' ? indexAt(text, position + 1) : nameAt(text, position);
    if (!('name' in step) || step.name !== '') steps.push(step);
    position = text[end] === '.' || text[end] === ']' ? end + 1 : end;
  }
  return steps;
};

const nameAt = (text: string, start: number): { step: Step; end: number } => {
  const rest = text.slice(start).search(/[.[]/);
  const end = rest < 0 ? text.length : start + rest;
  return { step: { name: text.slice(start, end) }, end };
};

export const renderKey = (key: InstanceKey | null): string =>
  key === null ? '' : `[${typeof key === 'number' ? key : quote(key)}]`;

/** Renders steps as an attribute path: `master_user_secret[0].secret_arn`. */
export const renderPath = (steps: readonly Step[]): string =>
  steps.reduce((path, step) => {
    if ('index' in step) return path + renderKey(step.index);
    return path === '' ? step.name : `${path}.${step.name}`;
  }, '');

export const joinPath = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

/** The type of a resource that a reference names, whatever modules it is in. */
export const resourceTypeOf = (resource: string): string | undefined => {
  const [first, second] = namesInModule(resource);
  return first === 'data' ? second : first;
};

/** Not what is in a module that is called `data`. */
export const isDataSource = (resource: string): boolean => namesInModule(resource)[0] === 'data';

/** The names behind those of modules; the resource of a document of the context has `@1/` before its address. */
const namesInModule = (resource: string): readonly string[] => {
  const names = parseTraversal(resource.replace(/^@\d+\//, '')).flatMap((step) => ('name' in step ? [step.name] : []));
  let at = 0;
  while (names[at] === 'module') at += 2;
  return names.slice(at);
};
