import type { Format } from '../index.ts';
import type { TestReporter } from './test-reporter.ts';

/** The formats that the results of cases can be written in. */
export const testFormats = ['pretty', 'json', 'junit'] as const satisfies readonly Format[];

export const loadTestReporter = async (format: Format): Promise<TestReporter> => {
  switch (format) {
    case 'json':
      return (await import('./json.ts')).renderTestJson;
    case 'junit':
      return (await import('./junit.ts')).renderTestJunit;
    default:
      return (await import('./pretty.ts')).renderTestPretty;
  }
};
