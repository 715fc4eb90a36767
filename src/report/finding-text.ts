import type { Finding } from '../model/finding.ts';
import type { Look } from './look.ts';
import { explainCommand, placesOf } from './pretty/findings.ts';
import { layOut } from './text.ts';

/** A text of several lines without its fences. */
export const withoutFences = (text: string): string =>
  layOut(text, Number.POSITIVE_INFINITY)
    .map(({ line }) => line)
    .join('\n');

/** Many sentences begin with the address already. */
export const withAddress = (address: string, sentence: string): string =>
  address === '' || sentence.startsWith(`${address} `) ? sentence : `${address}: ${sentence}`;

/** All about a finding, for where there is no layout: where, what was seen, the edit, why. */
export const findingText = (finding: Finding, look: Look): string => {
  const { message, remediation, why, policy, outcome } = finding;
  const parts = [
    placesOf(finding, look).join('\n'),
    withoutFences(message),
    remediation === '' ? '' : `${outcome === 'fail' ? 'Fix' : 'If so'}: ${withoutFences(remediation)}`,
    why === '' ? '' : `Why: ${why}`,
    `More: ${explainCommand(policy)}`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
};
