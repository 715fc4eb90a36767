import { type XmlElement, element, writeXml } from '../xml.ts';

/** A test that did not pass. Only `failure` and `error` make a run fail. */
export type Result = {
  readonly kind: 'failure' | 'error' | 'skipped';
  /** One line. */
  readonly message: string;
  readonly type?: string;
  readonly text: string;
};

export type TestCase = {
  /** Dots part it into a package and a class. */
  readonly classname: string;
  readonly name: string;
  /** Seconds, where it took any. */
  readonly time?: number;
  /** Left out where it passed. */
  readonly result?: Result;
};

export type Suite = { readonly name: string; readonly cases: readonly TestCase[] };

/**
 * JUnit as Ant and Surefire write it, with the elements and attributes that Jenkins, GitLab and Azure DevOps share. Of
 * tests with the same name some readers show the first only, so a name that is there already is numbered.
 */
export const writeSuites = (suites: readonly Suite[]): string => {
  const named = numbered(suites);
  const { tests, failures, errors } = countsOf(named.flatMap(({ cases }) => cases));
  const attributes = {
    name: 'rds-auth-policy',
    tests,
    failures,
    errors,
    time: timeOf(named.flatMap(({ cases }) => cases)),
  };
  return writeXml(element('testsuites', attributes, named.map(suiteElement)));
};

const numbered = (suites: readonly Suite[]): readonly Suite[] => {
  const taken = new Set<string>();
  const free = (name: string): string => {
    let count = 1;
    let tried = name;
    while (taken.has(tried)) {
      count += 1;
      tried = `${name} (${count})`;
    }
    taken.add(tried);
    return tried;
  };
  return suites.map((suite) => ({ ...suite, cases: suite.cases.map((one) => ({ ...one, name: free(one.name) })) }));
};

const countsOf = (cases: readonly TestCase[]) => {
  const count = (kind: Result['kind']): number => cases.filter(({ result }) => result?.kind === kind).length;
  return { tests: cases.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') };
};

const timeOf = (cases: readonly TestCase[]): number => rounded(cases.reduce((sum, { time = 0 }) => sum + time, 0));

const rounded = (seconds: number): number => Number(seconds.toFixed(3));

const suiteElement = ({ name, cases }: Suite): XmlElement =>
  element('testsuite', { name, ...countsOf(cases), time: timeOf(cases) }, cases.map(caseElement));

const caseElement = ({ classname, name, time = 0, result }: TestCase): XmlElement =>
  element('testcase', { classname, name, time: rounded(time) }, result === undefined ? [] : [resultElement(result)]);

const resultElement = ({ kind, message, type, text }: Result): XmlElement =>
  element(kind, { message, ...(type === undefined ? {} : { type }) }, text);
