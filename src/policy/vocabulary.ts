import type { SubjectKind } from '../model/judgement.ts';
import type { Policy, PolicyParameter } from '../model/policy.ts';

export type ScalarType = 'boolean' | 'string' | 'number';

/** What policies may ask of one attribute of a subject. */
export type AttributeDeclaration =
  | { readonly kind: 'judgement'; readonly type: 'boolean'; readonly canBeUnknown: true; readonly doc: string }
  | { readonly kind: 'value'; readonly type: ScalarType; readonly canBeUnknown: true; readonly doc: string }
  | { readonly kind: 'text'; readonly type: 'string'; readonly canBeUnknown: false; readonly doc: string }
  | { readonly kind: 'parameter'; readonly type: ScalarType; readonly canBeUnknown: false; readonly doc: string }
  | {
      readonly kind: 'list';
      readonly type: 'list';
      readonly canBeUnknown: boolean;
      readonly doc: string;
      readonly items: Vocabulary;
    };

/** The attributes of one kind of subject, or of the items of a list, by name. */
export type Vocabulary = ReadonlyMap<string, AttributeDeclaration>;

/** A vocabulary whose attributes the compiler knows, for policies in TypeScript. The key is never there. */
export type VocabularyOf<Declarations> = Vocabulary & { readonly declarations?: Declarations };

type Declared<Kind extends AttributeDeclaration['kind']> = Extract<AttributeDeclaration, { readonly kind: Kind }>;

export type Vocabularies = ReadonlyMap<SubjectKind, Vocabulary>;

/** Something that the analysis has judged: a condition reads its truth, a message its reason. */
export const judgement = (doc: string): Declared<'judgement'> => ({
  kind: 'judgement',
  type: 'boolean',
  canBeUnknown: true,
  doc,
});

/** A value of the plan; null in conditions when it is not set. */
export const value = <Type extends ScalarType>(
  type: Type,
  doc: string,
): Declared<'value'> & { readonly type: Type } => ({
  kind: 'value',
  type,
  canBeUnknown: true,
  doc,
});

/** Words for messages and mends. */
export const text = (doc: string): Declared<'text'> => ({ kind: 'text', type: 'string', canBeUnknown: false, doc });

/** Nested subjects, for `exists` and `all`; not all of them need be in view. */
export const list = <Items>(
  items: VocabularyOf<Items>,
  doc: string,
): Declared<'list'> & { readonly items: VocabularyOf<Items> } => ({
  kind: 'list',
  type: 'list',
  canBeUnknown: true,
  doc,
  items,
});

/** The name by which conditions read the parameters of their policy. */
export const parametersName = 'params';

/** What an item of a list of texts is called inside; no condition can write it. */
export const itself = '$item';

/** The vocabulary of a text in a list, which has no attributes and is read by its variable alone. */
export const textItem: Vocabulary = new Map([
  [itself, { kind: 'parameter', type: 'string', canBeUnknown: false, doc: 'The text.' }],
]);

/** What a condition may ask of the parameters of its policy; they are known when it runs. */
export const parameterVocabulary = (parameters: Policy['parameters']): Vocabulary =>
  new Map(Object.entries(parameters ?? {}).map(([name, parameter]) => [name, declarationOf(parameter)]));

const declarationOf = ({ type, doc }: PolicyParameter): AttributeDeclaration =>
  type === 'list'
    ? { kind: 'list', type, canBeUnknown: false, doc, items: textItem }
    : { kind: 'parameter', type, canBeUnknown: false, doc };

export const vocabulary = <Declarations extends Readonly<Record<string, AttributeDeclaration>>>(
  attributes: Declarations,
): VocabularyOf<Declarations> => new Map(Object.entries(attributes));
