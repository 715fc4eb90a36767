/** `docs/model.md`: what policies can ask, from the vocabulary that checks them, and what `model` prints, from its schema. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importBundle } from '../bundle.mjs';

/** @param {string} root */
export async function generateModelReference(root) {
  const { subjects, subjectWords } = await importBundle(
    root,
    'src/policy/subjects.ts',
    'src/report/explain/policy-words.ts',
  );
  const schema = JSON.parse(await readFile(join(root, 'schemas/model.schema.json'), 'utf8'));
  const kinds = [...subjects].map(([kind, vocabulary]) => subjectSection(kind, subjectWords[kind], vocabulary));
  const text = [head, ...kinds, modelHead, ...modelSections(schema)].join('\n\n');
  return new Map([['docs/model.md', `${text}\n`]]);
}

const head = `<!-- Made by scripts/generate.mjs from src/policy/subjects.ts and schemas/model.schema.json. Do not edit. -->

# What policies can ask

A policy judges the things of one kind, its *subject*, and names their attributes: \`proxy.tlsForIam\`. These are all of
them. How policies are written: [Anatomy of a policy](../CONTRIBUTING.md#anatomy-of-a-policy); how they are tried:
[testing-policies.md](testing-policies.md); in TypeScript: [api.md](api.md#policies-in-typescript).

| type | in a condition | in \`message\` and \`remediation\` |
|---|---|---|
| judgement | true where its sentence holds, false where it does not | why, in one sentence |
| string, number, boolean | the value; \`null\` where it is not set | the value |
| text | the text; never unknown | the text |
| list | for \`exists()\`, \`all()\` and \`size()\` | how many |

What *can be unknown* is so where only apply tells it: then the outcome is \`unknown\`, if it decides.`;

function subjectSection(kind, words, vocabulary) {
  const judged = [...vocabulary].some(([, { kind: declared }]) => declared !== 'text');
  const about = words === undefined ? '' : `\n\nPolicies with \`subject: ${kind}\` judge ${words}.`;
  return `## \`${kind}\`${about}${judged ? '' : '\n\nIt has nothing to assert.'}\n\n${attributeTable('', vocabulary)}`;
}

function attributeTable(prefix, vocabulary) {
  const rows = attributeRows(prefix, vocabulary);
  return ['| attribute | type | can be unknown | |', '|---|---|---|---|', ...rows].join('\n');
}

/** Those of the items of a list stand below it. */
function attributeRows(prefix, vocabulary) {
  return [...vocabulary].flatMap(([name, declaration]) => {
    const { kind, type, canBeUnknown, doc, items } = declaration;
    const row = `| \`${prefix}${name}\` | ${kind === 'value' ? type : kind} | ${canBeUnknown ? 'yes' : ''} | ${cell(doc)} |`;
    return [row, ...(items === undefined ? [] : attributeRows(`${prefix}${name}[].`, items))];
  });
}

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const modelHead = `# What \`model\` prints

\`rds-auth-policy model\` prints what was read, before anything is joined or judged: for \`jq\`, OPA, conftest and your own
programs. The schema is [\`schemas/model.schema.json\`](../schemas/model.schema.json). A *value* has a \`kind\`, \`known\`,
\`absent\` or \`unknown\`, and an \`origin\`; an unknown one has \`references\`. A *list* has \`items\` and \`complete\`.`;

function modelSections({ properties, $defs }) {
  return Object.entries(properties.model.properties).flatMap(([list, { items }]) => {
    const definition = items === undefined ? undefined : $defs[nameOf(items)];
    return definition === undefined ? [] : [modelSection(list, definition)];
  });
}

/** What every entity has, said once. */
const common = new Set(['id', 'address', 'judged', 'managed', 'origin', 'region', 'account']);

function modelSection(list, { description, properties = {} }) {
  const own = Object.entries(properties).filter(([name]) => !common.has(name));
  const rows = own.map(
    ([name, schema]) => `| \`${name}\` | ${cell(typeOf(schema))} | ${cell(schema.description ?? '')} |`,
  );
  const table = rows.length === 0 ? [] : [['| key | type | |', '|---|---|---|', ...rows].join('\n')];
  return [`## \`model.${list}\``, ...(description === undefined ? [] : [description]), ...table].join('\n\n');
}

const nameOf = ({ $ref = '' }) => $ref.replace('#/$defs/', '');

const valueWords = new Map([
  ['stringValue', 'value: string'],
  ['numberValue', 'value: number'],
  ['booleanValue', 'value: boolean'],
  ['stringList', 'list of strings'],
]);

function typeOf(schema) {
  if (schema.$ref !== undefined) return valueWords.get(nameOf(schema)) ?? nameOf(schema);
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  const several = schema.anyOf ?? schema.oneOf;
  if (several !== undefined) return several.map(typeOf).join(' or ');
  if (schema.type === 'array') return `array of ${schema.items === undefined ? 'anything' : typeOf(schema.items)}`;
  return [schema.type ?? 'anything'].flat().join(' or ');
}
