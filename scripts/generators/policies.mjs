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
  const schemas = {};
  for (const name of ['policy', 'conditions', 'set']) {
    schemas[name] = JSON.parse(await readFile(join(root, `schemas/${name}.schema.json`), 'utf8'), withoutDescriptions);
  }
  const ajv = new Ajv.default({
    allErrors: true,
    allowUnionTypes: true,
    code: { source: true, esm: true, lines: true },
    schemas,
  });
  const validators = { validatePolicy: 'policy', validateConditions: 'conditions', validateSet: 'set' };
  const code = standalone
    .default(ajv, validators)
    .replace(/^"use strict";/, '')
    .replaceAll(/^export const (\w+) = (\w+);$/gm, exportValidator);
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

${code.trim()}
`;
  return new Map([['src/policy/loading/validate-policy.generated.ts', text]]);
}

const exportValidator = (_, name, validate) =>
  `export const ${name} = (document: unknown): readonly SchemaError[] =>\n  ${validate}(document) ? [] : ${validate}.errors;`;

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
