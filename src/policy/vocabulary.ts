import type { SubjectKind } from '../model/judgement.ts';

export type ScalarType = 'boolean' | 'string' | 'number';

/** What policies may ask of one attribute of a subject. */
export type AttributeDeclaration =
  | { readonly kind: 'judgement'; readonly type: 'boolean'; readonly canBeUnknown: true; readonly doc: string }
  | { readonly kind: 'value'; readonly type: ScalarType; readonly canBeUnknown: true; readonly doc: string }
  | { readonly kind: 'text'; readonly type: 'string'; readonly canBeUnknown: false; readonly doc: string }
  | {
      readonly kind: 'list';
      readonly type: 'list';
      readonly canBeUnknown: true;
      readonly doc: string;
      readonly items: Vocabulary;
    };

/** The attributes of one kind of subject, or of the items of a list, by name. */
export type Vocabulary = ReadonlyMap<string, AttributeDeclaration>;

export type Vocabularies = ReadonlyMap<SubjectKind, Vocabulary>;

/** Something that the analysis has judged: a condition reads its truth, a message its reason. */
export const judgement = (doc: string): AttributeDeclaration => ({
  kind: 'judgement',
  type: 'boolean',
  canBeUnknown: true,
  doc,
});

/** A value of the plan; null in conditions when it is not set. */
export const value = (type: ScalarType, doc: string): AttributeDeclaration => ({
  kind: 'value',
  type,
  canBeUnknown: true,
  doc,
});

/** Words for messages and mends. */
export const text = (doc: string): AttributeDeclaration => ({ kind: 'text', type: 'string', canBeUnknown: false, doc });

/** Nested subjects, for `exists` and `all`; not all of them need be in view. */
export const list = (items: Vocabulary, doc: string): AttributeDeclaration => ({
  kind: 'list',
  type: 'list',
  canBeUnknown: true,
  doc,
  items,
});

export const vocabulary = (attributes: Readonly<Record<string, AttributeDeclaration>>): Vocabulary =>
  new Map(Object.entries(attributes));
