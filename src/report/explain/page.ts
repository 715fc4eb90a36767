import type { Policy } from '../../model/policy.ts';
import type { PolicyExplanation } from './explanation.ts';
import { type MappedIds, mappedIds } from './mapped-ids.ts';
import { enforcementWords, parameterDoc, parameterTitle, readable, subjectWords } from './policy-words.ts';

/** The page of a built-in policy in the documentation: what `explain` prints, in Markdown. */
export const renderPolicyPage = (explanation: PolicyExplanation): string => {
  const { policy, meaning, example, legs } = explanation;
  return `${[
    '<!-- Made by scripts/generate.mjs. Do not edit. -->',
    `# ${policy.id}`,
    `${policy.title}.`,
    table([
      ['set', `[${policy.set}](README.md#${policy.set})`],
      ['severity', policy.severity],
      ['enforcement', enforcementWords[policy.enforcement]],
      ['mandatory', policy.mandatoryWhen === undefined ? '' : `where \`${policy.mandatoryWhen}\``],
      ['about', subjectWords[policy.subject]],
      ['legs', legs.map((leg) => `\`${leg}\``).join(', ')],
    ]),
    '## What it asserts',
    meaning.map((sentence) => `- ${sentence}`).join('\n'),
    ...(policy.assert === undefined ? [] : [fenced('cel', policy.assert)]),
    ...parametersSection(policy),
    '## Why',
    policy.why,
    '## The edit that mends it',
    markdownOf(readable(policy.remediation)),
    ...(example === null ? [] : ['## It fails', fenced('terraform', example.fails)]),
    ...(example === null ? [] : [`> ${example.message}`, markdownOf(example.remediation)]),
    ...(example?.passes == null ? [] : ['## It passes', fenced('terraform', example.passes)]),
    ...idsSection(policy.aliases ?? []),
    '## Sources',
    policy.references.map((page) => `- <${page}>`).join('\n'),
  ].join('\n\n')}\n`;
};

const table = (rows: readonly (readonly [name: string, text: string])[]): string =>
  ['| | |', '|---|---|', ...rows.filter(([, text]) => text !== '').map(([name, text]) => `| ${name} | ${text} |`)].join(
    '\n',
  );

const parametersSection = ({ parameters = {} }: Policy): readonly string[] => {
  const all = Object.entries(parameters);
  const items = all.map(
    ([name, parameter]) => `- ${parameterTitle(`\`${name}\``, parameter)}. ${parameterDoc(parameter)}`,
  );
  return all.length === 0 ? [] : ['## Parameters', items.join('\n')];
};

const idsSection = (aliases: readonly string[]): readonly string[] =>
  aliases.length === 0 ? [] : ['## Also known as', mappedIds(aliases).map(idLine).join('\n')];

/** The list of mistakes is one of ours. */
const idLine = ({ family, ids }: MappedIds): string =>
  `- ${family === 'List of mistakes' ? '[List of mistakes](../facts.md#mistakes-by-id)' : family}: ${ids.join(', ')}`;

const fenced = (language: string, code: string): string => `\`\`\`${language}\n${code}\n\`\`\``;

/** Sentences, and the lines to type between fences; a name in angle brackets is no HTML. */
const markdownOf = (text: string): string => {
  const parts = text.trimEnd().split('\n');
  const blocks: string[] = [];
  let code: string[] = [];
  const flush = (): void => {
    if (code.length > 0) blocks.push(fenced('terraform', code.join('\n')));
    code = [];
  };
  for (const line of parts) {
    if (line.startsWith('  ') || (line === '' && code.length > 0)) code.push(line.slice(2));
    else {
      flush();
      blocks.push(line.replaceAll('<', '\\<'));
    }
  }
  flush();
  return blocks.join('\n\n');
};

/** The list of all pages, by set. */
export const renderPolicyIndex = (explanations: readonly PolicyExplanation[]): string => {
  const sets = [...new Set(explanations.map(({ policy }) => policy.set))];
  return `${[
    '<!-- Made by scripts/generate.mjs. Do not edit. -->',
    '# Policies',
    'An id is for ever; `rds-auth-policy explain ID` prints the page of one. Severity and enforcement are defaults.',
    ...sets.flatMap((set) => [
      `## ${set}`,
      [
        '| policy | severity | enforcement | |',
        '|---|---|---|---|',
        ...explanations
          .filter(({ policy }) => policy.set === set)
          .map(({ policy: { id, severity, enforcement, title } }) =>
            [``, `[\`${id}\`](${id}.md)`, severity, enforcement, title, ''].join(' | ').trim(),
          ),
      ].join('\n'),
    ]),
  ].join('\n\n')}\n`;
};
