import type { Finding } from '../../model/finding.ts';
import { withAddress, withoutFences } from '../finding-text.ts';
import { messageBlocks } from '../markdown/findings.ts';

export type Message = { readonly text: string; readonly markdown?: string };

const longest = 1024;

/** Some texts of a rule may not be longer than that, and none may be empty. */
export const short = (text: string, instead: string): string => {
  const said = text.trim() === '' ? instead : text.trim();
  return said.length <= longest ? said : `${said.slice(0, longest - 1)}…`;
};

/**
 * A text in which no `[words](target)` is a link, as SARIF reads it. Braces stay as they are: they mean something only
 * where a message has arguments, and GitHub shows doubled ones as they stand.
 */
export const plainText = (text: string): string => text.replaceAll('](', '] (');

/** Where, what was seen, and the edit that mends it: a list of alerts shows no resource but by its message. */
export const messageOf = (finding: Finding): Message => {
  const message = withAddress(finding.address, finding.message || finding.policy);
  const parts = [message, finding.remediation].map(withoutFences).filter((part) => part !== '');
  const undecided = finding.outcome === 'unknown' ? 'Undecided: ' : '';
  return {
    text: plainText(`${undecided}${parts.join('\n\n')}`),
    markdown: `${undecided}${messageBlocks({ ...finding, message }).join('\n\n')}`,
  };
};
