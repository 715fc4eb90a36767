import type { Judgement, Subject, SubjectAttribute, SubjectAttributes } from '../model/judgement.ts';
import { type Value, literal } from '../model/value.ts';

export const judged = (judgement: Judgement): SubjectAttribute => ({ kind: 'judgement', judgement });

export const text = (words: string): SubjectAttribute => ({ kind: 'text', text: words });

/** Makes it at the first question, and keeps it. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** A judgement that is made where a policy asks for it. */
export const judgedLater = (make: () => Judgement): SubjectAttribute => {
  const made = once(make);
  return {
    kind: 'judgement',
    get judgement() {
      return made();
    },
  };
};

/** Words that are put together where something is found. */
export const textLater = (make: () => string): SubjectAttribute => {
  const made = once(make);
  return {
    kind: 'text',
    get text() {
      return made();
    },
  };
};

/** The user whom a subject is about, where that is written as it is. */
export const userIn = (name: Value<string>): Pick<Subject, 'user'> => {
  const user = literal(name);
  return user === undefined ? {} : { user };
};

/** A whole list whose items are made where a policy asks for them. */
export const listLater = (make: () => readonly SubjectAttributes[]): SubjectAttribute => {
  const made = once(make);
  return {
    kind: 'list',
    get items() {
      return made();
    },
    complete: true,
  };
};

/** A subject, which knows its own address. */
export const subjectOf = (kind: Subject['kind'], address: string, attributes: SubjectAttributes): Subject => ({
  kind,
  address,
  attributes: { address: text(address), ...attributes },
});
