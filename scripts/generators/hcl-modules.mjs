/**
 * The tables in the README of each module in modules/hcl: what it requires, makes, takes and gives, between the two
 * markers of terraform-docs, and in its form. Read with our own parser, so that they are the same with and without Go.
 */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { importBundle } from '../bundle.mjs';

const home = 'modules/hcl';
const [begin, end] = ['<!-- BEGIN_TF_DOCS -->', '<!-- END_TF_DOCS -->'];
const documentation = 'https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs';

/** @param {string} root */
export async function generateHclModuleReadmes(root) {
  const { parseFile } = await importBundle(root, 'src/terraform/hcl/parse/parse.ts');
  const entries = await readdir(join(root, home), { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const pages = names.sort().map(async (name) => {
    const path = `${home}/${name}/README.md`;
    const blocks = await readModule(join(root, home, name), parseFile);
    return [path, fill(await readFile(join(root, path), 'utf8'), tablesOf(blocks), path)];
  });
  return new Map(await Promise.all(pages));
}

async function readModule(folder, parseFile) {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.tf')).sort();
  const read = files.map(async (name) => {
    const text = await readFile(join(folder, name), 'utf8');
    const { body, faults } = parseFile({ path: name, text });
    if (faults.length > 0) throw new Error(`${folder}/${name}: ${faults[0].summary}`);
    return body.blocks.map((block) => ({ ...block, text }));
  });
  return (await Promise.all(read)).flat();
}

function fill(page, tables, path) {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path} has no place for its tables: write ${begin} and ${end} into it.`);
  return `${page.slice(0, from + begin.length)}\n${tables}\n${page.slice(to)}`;
}

function tablesOf(blocks) {
  const of = (type) => blocks.filter((block) => block.type === type);
  return [
    '## Requirements',
    table(['Name', 'Version'], requirementsOf(of('terraform'))),
    '## Resources',
    table(
      ['Name', 'Type'],
      ['resource', 'ephemeral', 'data'].flatMap((type) => of(type).map(resourceRow)).sort(byFirst),
    ),
    '## Inputs',
    table(['Name', 'Description', 'Type', 'Default', 'Required'], of('variable').map(inputRow).sort(byFirst)),
    '## Outputs',
    table(['Name', 'Description'], of('output').map(outputRow).sort(byFirst)),
  ].join('\n\n');
}

const byFirst = ([a], [b]) => (a < b ? -1 : 1);

const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (heads, rows) => [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n');

function requirementsOf([{ body }]) {
  const providers = body.blocks.find(({ type }) => type === 'required_providers').body.attributes;
  const versionOf = ({ value }) => value.items.find(({ key }) => key.value === 'version').value.value;
  return [
    ['terraform', body.attributes.get('required_version').value.value],
    ...[...providers].map(([name, attribute]) => [name, versionOf(attribute)]),
  ];
}

const kinds = {
  resource: ['r', 'resource'],
  ephemeral: ['ephemeral-resources', 'ephemeral resource'],
  data: ['d', 'data source'],
};

function resourceRow({ type, labels: [{ text: resource }, { text: name }] }) {
  const [folder, kind] = kinds[type];
  return [`[${resource}.${name}](${documentation}/${folder}/${resource.replace(/^aws_/, '')}.html.markdown)`, kind];
}

function inputRow({ labels: [{ text: name }], body: { attributes }, text }) {
  const standard = attributes.get('default');
  return [
    anchored('input', name),
    cell(attributes.get('description').value.value),
    code(sourceOf(attributes.get('type'), text)),
    standard === undefined ? 'n/a' : code(sourceOf(standard, text)),
    standard === undefined ? 'yes' : 'no',
  ];
}

const outputRow = ({ labels: [{ text: name }], body: { attributes } }) => [
  anchored('output', name),
  cell(attributes.get('description').value.value),
];

const anchored = (kind, name) => `<a name="${kind}_${name}"></a> [${name}](#${kind}_${name})`;
const sourceOf = ({ value: { span } }, text) => text.slice(span.start, span.end);
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Several lines of code have no other place in a table than HTML. */
const code = (text) =>
  text.includes('\n')
    ? `<pre>${text.replaceAll('<', '&lt;').replaceAll('\n', '<br/>').replaceAll('|', '&#124;')}</pre>`
    : `\`${text}\``;
