/**
 * `policies/<set>/<id>/policy.yaml`, checked and compiled, as a module that needs neither a YAML nor a CEL parser to
 * run; and the validator of their schema as a module that needs no ajv.
 */
import { readFile, readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import Ajv from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { importBundle } from '../bundle.mjs';

const header = (sources) => `// Made by scripts/generate.mjs from ${sources}. Do not edit.\n`;

/** @param {string} root */
export async function generatePolicyValidator(root) {
  const schema = JSON.parse(await readFile(join(root, 'schemas/policy.schema.json'), 'utf8'), withoutDescriptions);
  const ajv = new Ajv.default({
    allErrors: true,
    allowUnionTypes: true,
    code: { source: true, esm: true, lines: true },
  });
  const code = standalone.default(ajv, ajv.compile(schema)).replace(/^"use strict";|^export .*$/gm, '');
  const text = `// @ts-nocheck\n${header('schemas/policy.schema.json')}
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

export const policyKeys: readonly string[] = ${JSON.stringify(Object.keys(schema.properties))};

export const parameterKeys: readonly string[] = ${JSON.stringify(Object.keys(schema.properties.parameters.additionalProperties.properties))};

export const validatePolicyDocument = (document: unknown): readonly SchemaError[] =>
  validate10(document) ? [] : validate10.errors;
${code.trim()}
`;
  return new Map([['src/policy/loading/validate-policy.generated.ts', text]]);
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
  const { policies, diagnostics } = await loadPolicySet(files);
  const faults = [...diagnostics.map(describe), ...files.flatMap((file) => setFaults(file, policies))];
  if (faults.length > 0) throw new Error(`Built-in policies are faulty:\n${faults.join('\n')}`);
  const text = `${header('policies/**/policy.yaml')}
import type { CompiledPolicy } from './compiled-policy.ts';

export const builtinPolicies: readonly CompiledPolicy[] = ${JSON.stringify(policies, null, 2)};
`;
  return new Map([['src/policy/builtin.generated.ts', text]]);
}

async function readPolicyFiles(root) {
  const entries = await readdir(join(root, 'policies'), { recursive: true });
  const paths = entries.filter((entry) => entry.endsWith(`${sep}policy.yaml`)).map((entry) => join('policies', entry));
  return Promise.all(
    paths.sort().map(async (path) => ({
      path: path.replaceAll(sep, '/'),
      text: await readFile(join(root, path), 'utf8'),
    })),
  );
}

function describe({ summary, origin }) {
  return `${origin.file}:${origin.line}:${origin.column}: ${summary}`;
}

function setFaults({ path }, policies) {
  const [, folder, id] = path.split('/');
  const set = policies.find(({ policy }) => policy.id === id)?.policy.set;
  return set === undefined || set === folder ? [] : [`${path}: set is ${set}, but the folder is ${folder}.`];
}
