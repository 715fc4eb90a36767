import type { Finding } from '../../model/finding.ts';
import { withoutFences } from '../finding-text.ts';
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

/** What was seen, and the edit that mends it. */
export const messageOf = (finding: Finding): Message => {
  const parts = [finding.message, finding.remediation].map(withoutFences).filter((part) => part !== '');
  const undecided = finding.outcome === 'unknown' ? 'Undecided: ' : '';
  return {
    text: plainText(`${undecided}${parts.join('\n\n') || finding.policy}`),
    markdown: `${undecided}${messageBlocks(finding).join('\n\n')}`,
  };
};
