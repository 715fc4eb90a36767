import type { Diagnostic } from '../../model/diagnostic.ts';
import type { CaseResult } from '../../model/policy-test.ts';
import { type TestCase, writeSuites } from '../junit/suites.ts';
import { printable } from '../printable.ts';
import type { TestReporter } from './test-reporter.ts';
import { differenceWords, placeOf } from './words.ts';

const program = 'rds-auth-policy';

/** A suite of all cases, and one of what could not run. */
export const renderTestJunit: TestReporter = (raw) => {
  const { cases, diagnostics } = printable(raw, { unicode: true });
  const suites = [
    { name: `${program} test`, cases: cases.map(caseOf) },
    { name: `${program} test diagnostics`, cases: diagnostics.map(diagnosticOf) },
  ];
  return writeSuites(suites.filter((suite) => suite.cases.length > 0));
};

const caseOf = (one: CaseResult): TestCase => {
  const { policy, name, duration, differences } = one;
  const test = { classname: `${program}.${policy}`, name: `${policy}: ${name}`, time: duration / 1000 };
  if (differences.length === 0) return test;
  const words = differenceWords(one).map(({ label, text }) => `${label} ${text}`);
  const message = words.join('; ').replaceAll('\n', ' ');
  return {
    ...test,
    result: { kind: 'failure', type: differences.join(' '), message, text: [placeOf(one), ...words].join('\n') },
  };
};

const diagnosticOf = ({ code, summary, detail, origin }: Diagnostic): TestCase => {
  const place = [origin?.file, origin?.line, origin?.column].filter((part) => part !== undefined).join(':');
  return {
    classname: `${program}.diagnostics`,
    name: place === '' ? code : `${code}: ${place}`,
    result: {
      kind: 'error',
      type: code,
      message: summary,
      text: [place, summary, detail ?? ''].filter(Boolean).join('\n'),
    },
  };
};
