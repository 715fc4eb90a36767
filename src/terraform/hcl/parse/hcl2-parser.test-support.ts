import type { Json } from '../../json.ts';
import type { Block, Body, Expression, ObjectItem, ParsedFile, TemplatePiece } from '../syntax.ts';

/** `hcl2-parser`, and our tree in the shape that it gives: that of hcl2json, where code is text between `${` and `}`. */

type Library = { readonly parseToObject: (text: string) => unknown };

/**
 * The value of a file, or undefined where the library cannot say. It sets `globalThis.require` and
 * `Error.stackTraceLimit` when it is loaded; both are put back.
 */
export const loadHcl2Parser = async (): Promise<(text: string) => Json | undefined> => {
  const require = Object.getOwnPropertyDescriptor(globalThis, 'require');
  const { stackTraceLimit } = Error;
  try {
    const { default: library } = (await import('hcl2-parser')) as { readonly default: Library };
    return (text) => {
      try {
        const [value, error] = library.parseToObject(text) as readonly [Json, unknown];
        return error === null ? value : undefined;
      } catch {
        return undefined;
      }
    };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    if (require === undefined) Reflect.deleteProperty(globalThis, 'require');
    else Object.defineProperty(globalThis, 'require', require);
  }
};

type Shape = { readonly text: string; readonly keepsEscapes: boolean };

/** With `keepsEscapes`, `$${` stays what it is; the library writes `${`, as if it were code. */
export const toHcl2Json = ({ file, body }: ParsedFile, keepsEscapes = false): Json =>
  bodyToJson({ text: file.text, keepsEscapes }, body);

type Draft = { [key: string]: Json };

/** Not by assignment: `__proto__` is a name like any other. */
const set = (draft: Draft, key: string, value: Json): void => {
  Object.defineProperty(draft, key, { value, enumerable: true, writable: true, configurable: true });
};

const own = (draft: Draft, key: string): Json | undefined => (Object.hasOwn(draft, key) ? draft[key] : undefined);

const bodyToJson = (shape: Shape, body: Body): Json => {
  const draft: Draft = {};
  for (const block of body.blocks) addBlock(shape, draft, block);
  for (const { name, value } of body.attributes.values()) set(draft, name, toJson(shape, value));
  return draft;
};

/** Below its labels, a list of all blocks that have the same ones. */
const addBlock = (shape: Shape, root: Draft, { type, labels, body }: Block): void => {
  let draft = root;
  let key = type;
  for (const { text } of labels) {
    if (own(draft, key) === undefined) set(draft, key, {});
    draft = own(draft, key) as Draft;
    key = text;
  }
  const earlier = (own(draft, key) ?? []) as readonly Json[];
  set(draft, key, [...earlier, bodyToJson(shape, body)]);
};

const sourceOf = ({ text }: Shape, { span }: Expression): string => text.slice(span.start, span.end);
const asCode = (shape: Shape, expression: Expression): string => `\${${sourceOf(shape, expression)}}`;

/** Parentheses are no node, but their expression's place begins with them. */
const isInParentheses = (shape: Shape, { span }: Expression): boolean => shape.text[span.start] === '(';

const toJson = (shape: Shape, expression: Expression): Json => {
  if (isInParentheses(shape, expression)) return asCode(shape, expression);
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'string' ? textToJson(shape, expression.value) : expression.value;
    case 'tuple':
      return expression.items.map((item) => toJson(shape, item));
    case 'object':
      return objectToJson(shape, expression.items);
    case 'unary':
      return signToJson(shape, expression);
    case 'template': {
      const [first, ...others] = expression.parts;
      const isAlone = first?.kind === 'interpolation' && others.length === 0;
      return isAlone ? toJson(shape, first.value) : piecesToJson(shape, expression.parts);
    }
    default:
      return asCode(shape, expression);
  }
};

const signToJson = (shape: Shape, expression: Extract<Expression, { kind: 'unary' }>): Json => {
  const { operand, operator } = expression;
  if (operand.kind !== 'literal' || isInParentheses(shape, operand)) return asCode(shape, expression);
  return operator === '-' ? -Number(operand.value) : !operand.value;
};

const objectToJson = (shape: Shape, items: readonly ObjectItem[]): Json => {
  const draft: Draft = {};
  for (const { key, value } of items) set(draft, keyToJson(shape, key), toJson(shape, value));
  return draft;
};

const isTraversal = (expression: Expression): boolean =>
  expression.kind === 'name' || (expression.kind === 'attribute' && isTraversal(expression.target));

const keyToJson = (shape: Shape, key: Expression): string =>
  isTraversal(key) && !isInParentheses(shape, key) ? sourceOf(shape, key) : partToJson(shape, key);

const textToJson = ({ keepsEscapes }: Shape, text: string): string =>
  keepsEscapes ? text.replaceAll(/[$%](?=\{)/g, '$&$&') : text;

/** A piece of a text: constants and templates melt into it. */
const partToJson = (shape: Shape, expression: Expression): string => {
  if (isInParentheses(shape, expression)) return asCode(shape, expression);
  if (expression.kind === 'literal') return textToJson(shape, String(expression.value));
  return expression.kind === 'template' ? piecesToJson(shape, expression.parts) : asCode(shape, expression);
};

const piecesToJson = (shape: Shape, pieces: readonly TemplatePiece[]): string =>
  pieces.map((piece) => pieceToJson(shape, piece)).join('');

const pieceToJson = (shape: Shape, piece: TemplatePiece): string => {
  switch (piece.kind) {
    case 'text':
      return textToJson(shape, piece.text);
    case 'interpolation':
      return partToJson(shape, piece.value);
    case 'if': {
      const otherwise = piecesToJson(shape, piece.otherwise);
      const end = otherwise === '' ? '' : `%{else}${otherwise}`;
      return `%{if ${sourceOf(shape, piece.condition)}}${piecesToJson(shape, piece.then)}${end}%{endif}`;
    }
    case 'for': {
      const names = piece.keyName === null ? piece.valueName : `${piece.keyName}, ${piece.valueName}`;
      const body = piecesToJson(shape, piece.body);
      return `%{for ${names} in ${sourceOf(shape, piece.collection)}}${body}%{endfor}`;
    }
  }
};
