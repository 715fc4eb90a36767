import { expect, test } from '@jest/globals';
import type { Report } from '../model/report.ts';
import type { Genuine } from './mutations.ts';
import { runMain } from './run-main.ts';
import { isSilentPass } from './silent-pass.ts';

/**
 * What comes of it: a refusal, a judgement that is no silent pass, or the very answer of the genuine document. Another
 * plan that is in order gets an answer, whatever it is.
 */
type Outcome = 'refused' | 'judged' | 'same' | 'answered';

export type Row = readonly [name: string, from: Genuine, input: string | Buffer, outcome: Outcome];

/** What a terminal would obey, a stack, and passwords. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
const forbidden = /[\u0000-\u0009\u000b-\u001f\u202e]|\n\s+at |canary-/;

const reportOf = async (input: string | Buffer): Promise<Report> =>
  JSON.parse((await runMain(['check', '--format', 'json', '-'], input)).stdout);

/** Advice may well be another: it is about what else a document says. */
const answerOf = ({ verdict, summary, findings }: Report) => ({
  verdict,
  connections: summary.connections,
  mandatory: findings.flatMap(({ policy, outcome, enforcement }) =>
    enforcement === 'mandatory' ? [`${policy} ${outcome}`] : [],
  ),
});

const expectOutcome = (outcome: Outcome, undamaged: Report, damaged: Report): void => {
  switch (outcome) {
    case 'refused':
      expect(damaged.diagnostics.length).toBeGreaterThan(0);
      for (const { code } of damaged.diagnostics) expect(['plan-malformed', 'input-unsupported']).toContain(code);
      return;
    case 'same':
      expect(answerOf(damaged)).toEqual(answerOf(undamaged));
      return;
    case 'judged':
      expect(isSilentPass(undamaged, damaged)).toBe(false);
      return;
    case 'answered':
      expect(damaged.connections.length).toBeGreaterThan(0);
  }
};

/** One test for each row, named by it. The time is there to catch what hangs. */
export const testRows = (rows: readonly Row[]): void =>
  test.each(rows)(
    '%s',
    async (_, from, input, outcome) => {
      expect(input === from.text).toBe(false);
      const { code, stdout, stderr } = await runMain(['check', '--verbose', '-'], input);
      expect(stdout + stderr).not.toMatch(forbidden);
      expect(code === 2).toBe(outcome === 'refused');
      expect(stdout === '' && /^error: /.test(stderr)).toBe(outcome === 'refused');
      expectOutcome(outcome, await reportOf(from.text), await reportOf(input));
    },
    60_000,
  );
