/**
 * `policies/<set>/<id>/policy.yaml`, checked and compiled, as a module that needs neither a YAML nor a CEL parser to
 * run; and the validator of their schema as a module that needs no ajv.
 */
import { readFile, readdir } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import Ajv from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { importBundle } from '../bundle.mjs';

const header = (sources) => `// Made by scripts/generate.mjs from ${sources}. Do not edit.\n`;

/** @param {string} root */
export async function generatePolicyValidator(root) {
  const schemas = await readSchemas(root, ['policy', 'conditions', 'set']);
  const code = compile(schemas, { validatePolicy: 'policy', validateConditions: 'conditions', validateSet: 'set' });
  const keys = (schema) => JSON.stringify(Object.keys(schema.properties));
  const text = `// @ts-nocheck\n${header('schemas/{policy,conditions,set}.schema.json')}
export type SchemaError = {
  readonly instancePath: string;
  readonly keyword: string;
  /** The key that is wrong in itself. */
  readonly propertyName?: string;
  readonly params: {
    readonly additionalProperty?: string;
    readonly allowedValue?: string;
    readonly allowedValues?: readonly string[];
    readonly missingProperty?: string;
    readonly pattern?: string;
    readonly propertyName?: string;
    readonly type?: string | readonly string[];
  };
};

export const policyKeys: readonly string[] = ${keys(schemas.policy)};

export const parameterKeys: readonly string[] = ${keys(schemas.policy.properties.parameters.additionalProperties)};

export const conditionKeys: readonly string[] = ${keys(schemas.conditions.additionalProperties)};

export const setKeys: readonly string[] = ${keys(schemas.set)};

${code}
`;
  return new Map([['src/policy/loading/validate-policy.generated.ts', text]]);
}

async function readSchemas(root, names) {
  const schemas = {};
  for (const name of names) {
    schemas[name] = JSON.parse(await readFile(join(root, `schemas/${name}.schema.json`), 'utf8'), withoutDescriptions);
  }
  return schemas;
}

/** Validators by the name of their function, as a module. */
function compile(schemas, validators) {
  const code = { source: true, esm: true, lines: true };
  const ajv = new Ajv.default({ allErrors: true, allowUnionTypes: true, code, schemas });
  const text = standalone.default(ajv, validators).replace(/^"use strict";/, '');
  return text.replaceAll(/^export const (\w+) = (\w+);$/gm, exportValidator).trim();
}

const exportValidator = (_, name, validate) =>
  `export const ${name} = (document: unknown): readonly SchemaError[] =>\n  ${validate}(document) ? [] : ${validate}.errors;`;

/** @param {string} root */
export async function generateConfigurationValidator(root) {
  const schemas = await readSchemas(root, ['configuration']);
  const code = compile(schemas, { validateConfiguration: 'configuration' });
  const text = `// @ts-nocheck\n${header('schemas/configuration.schema.json')}
import type { SchemaError } from '../loading/validate-policy.generated.ts';

/** The keys of each object that takes no others, by its place, with * for an index. */
export const configurationKeys: ReadonlyMap<string, readonly string[]> = new Map(${JSON.stringify(keysOf(schemas.configuration))});

${code}
`;
  return new Map([['src/policy/configuration/validate-configuration.generated.ts', text]]);
}

/** The keys of each object that takes no others, by its place in a document; `*` stands for an index. */
function keysOf(schema, root = schema, path = '') {
  const { $ref, allOf = [], properties = {}, additionalProperties, propertyNames, items } = schema;
  if ($ref !== undefined) return keysOf(root.definitions[$ref.split('/').at(-1)], root, path);
  const names = propertyNames === undefined ? Object.keys(properties) : root.definitions.format.enum;
  return [
    ...(additionalProperties === false || propertyNames !== undefined ? [[path, names]] : []),
    ...allOf.flatMap((part) => keysOf(part, root, path)),
    ...Object.entries(properties).flatMap(([key, value]) => keysOf(value, root, `${path}/${key}`)),
    ...(items === undefined ? [] : keysOf(items, root, `${path}/*`)),
  ];
}

/** They are for editors; the validator would carry them along. But a property may be called `description`. */
function withoutDescriptions(key, value) {
  return key === 'description' && typeof value === 'string' ? undefined : value;
}

/** @param {string} root */
export async function generateBuiltinPolicies(root) {
  const files = await readPolicyFiles(root);
  // The loader of the product itself, so that built-in policies pass the same checks as anyone's.
  const { loadPolicySet } = await importBundle(root, 'src/policy/load-policy-set.ts');
  const { policies, sets, diagnostics } = await loadPolicySet(files);
  const faults = [...diagnostics.map(describe), ...files.flatMap((file) => setFaults(file, policies))];
  if (faults.length > 0) throw new Error(`Built-in policies are faulty:\n${faults.join('\n')}`);
  const text = `${header('policies/**/policy.yaml')}
import type { SetDescription } from '../model/policy.ts';
import type { DeclaredPolicy } from './compiled-policy.ts';

export const builtinSets: readonly SetDescription[] = ${JSON.stringify(sets, null, 2)};

export const builtinPolicies: readonly DeclaredPolicy[] = ${JSON.stringify(policies, null, 2)};
`;
  return new Map([['src/policy/builtin.generated.ts', text]]);
}

async function readPolicyFiles(root) {
  const entries = await readdir(join(root, 'policies'), { recursive: true });
  const paths = entries.filter(isOfPolicies).map((entry) => join('policies', entry));
  return Promise.all(
    paths.sort().map(async (path) => ({
      path: path.replaceAll(sep, '/'),
      text: await readFile(join(root, path), 'utf8'),
    })),
  );
}

const isOfPolicies = (entry) => ['policy.yaml', 'conditions.yaml', 'set.yaml'].includes(basename(entry));

function describe({ summary, origin }) {
  return `${origin.file}:${origin.line}:${origin.column}: ${summary}`;
}

function setFaults({ path }, policies) {
  const [, folder, id] = path.split('/');
  const set = policies.find(({ policy }) => policy.id === id)?.policy.set;
  return set === undefined || set === folder ? [] : [`${path}: set is ${set}, but the folder is ${folder}.`];
}
