/**
 * What `explain` and the pages of policies show as examples: of one case that fails and one that passes, the blocks
 * that decide. Nobody writes them by hand, so that they are always what the tool says they are.
 */
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { importBundle } from '../bundle.mjs';

/** Longer ones are no examples: they show too much at once. */
const mostLines = 80;

/** A mend that another policy minds is a bad example: it weighs as so many characters of difference. */
const otherFault = 200;

/** By which waivers are judged, which stand in the cases of the policies about them alone. */
const caseDay = '2026-06-15';

/** @param {string} root */
export async function generatePolicyExamples(root) {
  const tool = await importBundle(
    root,
    'src/policy/builtin.generated.ts',
    'src/testing/check-source.ts',
    'src/terraform/hcl/parse/parse.ts',
  );
  const examples = {};
  for (const { policy, offByDefault } of tool.builtinPolicies) {
    const folder = join('policies', policy.set, policy.id, 'cases');
    const example = await exampleOf(folder, { ...policy, offByDefault }, root, tool);
    if (example !== null) examples[policy.id] = example;
  }
  const text = `// Made by scripts/generate.mjs from policies/**/cases. Do not edit.

import type { PolicyExample } from '../model/policy.ts';

/** By the id of the policy. */
export const policyExamples: Readonly<Record<string, PolicyExample>> = ${JSON.stringify(examples, null, 2)};
`;
  return new Map([['src/policy/examples.generated.ts', text]]);
}

async function exampleOf(folder, policy, root, tool) {
  const names = existsSync(join(root, folder)) ? await readdir(join(root, folder)) : [];
  const read = async (prefix) =>
    Promise.all(
      names
        .filter((name) => name.startsWith(prefix) && existsSync(join(root, folder, name, 'main.tf')))
        .sort()
        .map((name) => readCase(join(folder, name), policy, root, tool)),
    );
  const failing = (await read('fail-')).filter(({ finding, wanted }) => finding !== undefined && wanted.size > 0);
  const passing = await read('pass-');
  const pairs = failing.flatMap((fails) => [...passing, null].map((passes) => pairOf(fails, passes)));
  const [best] = pairs.filter((pair) => pair !== null).sort(bySize);
  if (best === undefined) return null;
  const { size, rank, ...example } = best;
  return example;
}

/** A pair goes before a failure alone, and a case with a file `example` before others. */
const bySize = (a, b) => a.rank - b.rank || a.size - b.size || (a.fails < b.fails ? -1 : 1);

async function readCase(folder, { id, parameters: declared, offByDefault }, root, { checkWithSource, parseFile }) {
  const files = (await readdir(join(root, folder))).filter((name) => name.endsWith('.tf')).sort(mainFirst);
  const read = await Promise.all(files.map((name) => readBlocks(join(root, folder), name, parseFile)));
  const blocks = read.flat();
  const values = declared === undefined ? null : await readParameters(join(root, folder));
  const options = { ...(offByDefault && { only: [id] }), ...(values !== null && { parameters: sourceOf(values) }) };
  const report = checkWithSource(join(root, folder, 'plan.json'), join(root, folder), { today: caseDay, ...options });
  const finding = report.findings.find(({ policy, outcome }) => policy === id && outcome === 'fail');
  const isOwn = ({ file }) => file === undefined || files.some((name) => file === `${folder}/${name}`);
  const inModule = finding?.origins.some((origin) => !isOwn(origin)) ?? false;
  const keys = inModule ? [] : [finding?.address, ...(finding?.origins ?? []).map(({ address }) => address)];
  const wanted = new Set(keys.filter(Boolean).map((address) => address.replace(/\[.*?\]/g, '')));
  const marked = existsSync(join(root, folder, 'example'));
  // Whoever reads the example has no such folder.
  const said = ['message', 'remediation'].map((key) => finding?.[key].replaceAll(`${folder}/`, ''));
  return { finding, said, values, wanted, blocks, marked, others: report.findings.length };
}

const mainFirst = (a, b) => Number(b === 'main.tf') - Number(a === 'main.tf') || (a < b ? -1 : 1);

async function readParameters(folder) {
  const file = join(folder, 'case.yaml');
  return (existsSync(file) && parse(await readFile(file, 'utf8')).parameters) || {};
}

const sourceOf = (values) => ({ valuesFor: () => values, givenFor: () => new Set(Object.keys(values)) });

async function readBlocks(folder, name, parseFile) {
  const text = await readFile(join(folder, name), 'utf8');
  const { body } = parseFile({ path: name, text });
  const label = name === 'main.tf' ? '' : `# ${name}\n`;
  return body.blocks.map((block) => ({ key: keyOf(block), text: `${label}${textOf(text, block)}` }));
}

const keyOf = ({ type, labels }) => [...(type === 'data' ? ['data'] : []), ...labels.map(({ text }) => text)].join('.');

/** From the comment above to the closing brace. A password is none of an example's business. */
function textOf(text, { span }) {
  return text.slice(span.start, span.end).replace(/"canary-[^"]*"/g, '"<password>"');
}

/** The blocks that decide, and those in which the two cases differ: small differences make clear examples. */
function pairOf({ said: [message, remediation], values, wanted, blocks, marked }, other) {
  const changed = other === null ? [] : [...missing(blocks, other.blocks), ...missing(other.blocks, blocks)];
  const keys = new Set([...wanted, ...changed.map(({ key }) => key)]);
  const shown = (list) => list.flatMap(({ key, text }) => (keys.has(key) ? [text] : [])).join('\n\n');
  const fails = withParameters(values, shown(blocks));
  const passes = other === null ? null : withParameters(other.values, shown(other.blocks));
  if (fails === '' || fails === passes || [fails, passes ?? ''].some((text) => text.split('\n').length > mostLines)) {
    return null;
  }
  const size = fails.length + 2 * distance(blocks, other?.blocks ?? []) + (other?.others ?? 0) * otherFault;
  const rank = (other === null ? 2 : other.marked ? 0 : 1) + (marked ? 0 : 1);
  return { fails, passes, message, remediation, size, rank };
}

/** What the team has decided, as rds-auth-policy.yaml has it. */
const withParameters = (values, text) =>
  values === null || text === ''
    ? text
    : `# parameters: ${JSON.stringify(values, null, 1).replaceAll(/\s*\n\s*/g, ' ')}\n${text}`;

const missing = (blocks, others) =>
  blocks.filter(({ key, text }) => !others.some((other) => other.key === key && other.text === text));

/** What stands in one of two configurations only, in characters. */
function distance(before, after) {
  const [left, right] = [before, after].map((blocks) => blocks.flatMap(({ text }) => text.split('\n')));
  const only = (lines, others) => lines.filter((line) => !others.includes(line));
  return [...only(left, right), ...only(right, left)].join('').length;
}
