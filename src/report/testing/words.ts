import type { CaseDifference, CaseExpectation, CaseObservation, CaseResult } from '../../model/policy-test.ts';
import { plural } from '../text.ts';

/** Where a case is written. */
export const placeOf = ({ path, line }: CaseResult): string => (line === null ? path : `${path}:${line}`);

/** Milliseconds in words. */
export const durationWords = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

export type Labelled = { readonly label: string; readonly text: string };

/** What was expected and what came, line below line. */
export const differenceWords = ({ expected, got, differences }: CaseResult): readonly Labelled[] =>
  differences.flatMap((difference) => [
    { label: 'expected', text: expectedWords(difference, expected) },
    { label: 'got', text: gotWords(difference, got) },
  ]);

const expectedWords = (
  difference: CaseDifference,
  { outcome, subjects, addresses, message }: CaseExpectation,
): string => {
  switch (difference) {
    case 'outcome':
      return addresses === null ? outcome : `${outcome} at ${addresses.join(', ')}`;
    case 'subjects':
      return subjects === 'none' ? 'no subject' : `${outcome}, of a subject`;
    case 'address':
      return `at ${addresses?.join(', ')}`;
    case 'message':
      return `message ${message?.trim()}`;
  }
};

const nothingJudged =
  'nothing was judged: the input has no subject for the policy. Where that is the point, write subjects: none in case.yaml';

const gotWords = (difference: CaseDifference, got: CaseObservation): string => {
  const { outcome, subjects, addresses, messages, reasons } = got;
  switch (difference) {
    case 'outcome':
      if (outcome === 'pass') return 'pass';
      if (outcome === 'crash') return `a crash: ${reasons.join('\n')}`;
      return [`${outcome} at ${addresses.join(', ')}`, ...messages].join('\n');
    case 'subjects':
      return subjects === 0 ? nothingJudged : `${plural(subjects, 'subject')} judged`;
    case 'address':
      return `at ${addresses.join(', ')}`;
    case 'message':
      return [...new Set(messages)].map((message) => `message ${message}`).join('\n');
  }
};
