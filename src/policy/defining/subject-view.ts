import type { SubjectAttribute, SubjectAttributes, SubjectKind } from '../../model/judgement.ts';
import { didYouMean } from '../../model/suggest.ts';
import type { SubjectVocabularies } from '../subjects.ts';
import type { AttributeDeclaration, ScalarType, VocabularyOf } from '../vocabulary.ts';
import { type Question, type UnknownReads, all, any, unknownSignal } from './unknown-signal.ts';

type ScalarOf<T extends ScalarType> = T extends 'boolean' ? boolean : T extends 'number' ? number : string;

/** A list of which not all items need be in view. */
export type ListView<Item> = {
  /** Whether it is true of one of the items; unknown where only one out of view could be it. */
  readonly some: (predicate: (item: Item) => boolean) => boolean;
  /** Whether it is true of all items; unknown where one out of view could be the exception. */
  readonly every: (predicate: (item: Item) => boolean) => boolean;
  /** How many there are; unknown where more may exist. */
  readonly length: number;
  /** The items that are in view, maybe not all. */
  readonly inView: readonly Item[];
};

type AttributeView<Declaration> = Declaration extends { readonly kind: 'judgement' }
  ? boolean
  : Declaration extends { readonly kind: 'text' }
    ? string
    : Declaration extends { readonly kind: 'value'; readonly type: infer T extends ScalarType }
      ? ScalarOf<T> | null
      : Declaration extends { readonly kind: 'list'; readonly items: VocabularyOf<infer Items> }
        ? ListView<AttributesView<Items>>
        : never;

type AttributesView<Declarations> = {
  readonly [Name in keyof Declarations]: AttributeView<Declarations[Name]>;
};

type DeclarationsOf<Kind extends SubjectKind> =
  SubjectVocabularies[Kind] extends VocabularyOf<infer Declarations> ? Declarations : never;

/**
 * A subject as a policy in TypeScript reads it: judgements are true or false, values their value or null where they are
 * not set. To read what is known only after apply stops the policy, with the outcome unknown.
 */
export type SubjectView<Kind extends SubjectKind> = AttributesView<DeclarationsOf<Kind>>;

/** The names of the judgements of a kind of subject. */
export type JudgementOf<Kind extends SubjectKind> = {
  readonly [Name in keyof DeclarationsOf<Kind>]: DeclarationsOf<Kind>[Name] extends Extract<
    AttributeDeclaration,
    { kind: 'judgement' }
  >
    ? Name
    : never;
}[keyof DeclarationsOf<Kind>];

/** What a run of a policy reads on its way. */
export type Reads = UnknownReads & { readonly evidence: Set<SubjectAttribute> };

/** Every name is looked up, so that a misspelt one is an error and not undefined, which would pass for false. */
export const viewOf = (attributes: SubjectAttributes, reads: Reads): object =>
  new Proxy(Object.freeze({}), {
    get: (_, name) => (typeof name === 'string' ? read(attributeOf(attributes, name), name, reads) : undefined),
    has: (_, name) => typeof name === 'string' && attributeOf(attributes, name) !== undefined,
    ownKeys: refuseCopy,
    getOwnPropertyDescriptor: refuseCopy,
  });

/** A copy would lack what was unknown, and read it as false. */
const refuseCopy = (): never => {
  throw new Error('the subject can be neither copied nor listed: read its attributes one by one');
};

/** Throws where there is none. */
export const attributeOf = (attributes: SubjectAttributes, name: string): SubjectAttribute => {
  const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  if (attribute !== undefined) return attribute;
  throw new Error(`the subject has no attribute ${name}${didYouMean(name, Object.keys(attributes))}`);
};

const read = (attribute: SubjectAttribute, name: string, reads: Reads): unknown => {
  switch (attribute.kind) {
    case 'text':
      return attribute.text;
    case 'list':
      return listOf(attribute, name, reads);
    case 'judgement': {
      reads.evidence.add(attribute);
      const { holds, reason } = attribute.judgement;
      if (holds === 'unknown') throw unknownSignal(reason, reads);
      return holds;
    }
    case 'value':
      reads.evidence.add(attribute);
      if (attribute.value.kind === 'unknown') throw unknownSignal(`${name} is known only after apply.`, reads);
      return attribute.value.kind === 'absent' ? null : attribute.value.value;
  }
};

const listOf = (
  { items, complete }: Extract<SubjectAttribute, { kind: 'list' }>,
  name: string,
  reads: Reads,
): ListView<object> => {
  const inView = items.map((item) => viewOf(item, reads));
  const unseen = (): never => {
    throw unknownSignal(`${name} may have more items than are in view.`, reads);
  };
  const others: readonly Question[] = complete ? [] : [unseen];
  return {
    inView,
    some: (predicate) => any(...inView.map((item) => () => predicate(item)), ...others),
    every: (predicate) => all(...inView.map((item) => () => predicate(item)), ...others),
    get length() {
      return complete ? inView.length : unseen();
    },
  };
};
