import { describe, expect, test } from '@jest/globals';
import { detectDocument } from './detect.ts';

const detect = (value: unknown) => detectDocument(typeof value === 'string' ? value : JSON.stringify(value), 'file');

const refusalOf = (value: unknown) => {
  const detection = detect(value);
  if (detection.ok) throw new Error('was not refused');
  return detection.diagnostic;
};

const plan = { format_version: '1.2', terraform_version: '1.11.4', planned_values: {}, resource_changes: [] };
const state = { format_version: '1.0', terraform_version: '1.11.4', values: { root_module: {} } };

describe('plans and states', () => {
  test.each([
    ['plan', plan, 'plan-json'],
    ['plan with values only', { format_version: '1.2', planned_values: { root_module: {} } }, 'plan-json'],
    ['plan with changes only', { format_version: '0.1', resource_changes: [] }, 'plan-json'],
    ['plan of Terraform 0.15', { ...plan, format_version: '0.2' }, 'plan-json'],
    ['plan of a later minor version', { ...plan, format_version: '1.99', novelty: {} }, 'plan-json'],
    ['state', state, 'state-json'],
    ['state with outputs only', { format_version: '1.0', values: { outputs: {} } }, 'state-json'],
    ['prior state beside planned values', { ...plan, values: {} }, 'plan-json'],
  ])('%s', (_, json, kind) => {
    expect(detect(json)).toMatchObject({
      ok: true,
      document: { path: 'file', kind, formatVersion: json.format_version, diagnostics: [] },
    });
  });

  test('blanks and a byte order mark before the JSON are passed over', () => {
    expect(detect(`\ufeff\r\n  ${JSON.stringify(plan, null, 2)}\n`).ok).toBe(true);
  });

  test.each([
    ['1.11.4', '1.11.4'],
    [undefined, null],
    [7, null],
  ])('Terraform version %p', (written, read) => {
    expect(detect({ ...plan, terraform_version: written })).toMatchObject({ document: { terraformVersion: read } });
  });

  test.each([
    [{ errored: true }, ['plan-errored']],
    [{ complete: false }, ['plan-incomplete']],
    [{ errored: true, complete: false }, ['plan-errored', 'plan-incomplete']],
    [{ errored: false, complete: true, applyable: false }, []],
  ])('%j warns of %j', (keys, codes) => {
    const detection = detect({ ...plan, ...keys });
    const diagnostics = detection.ok ? detection.document.diagnostics : [];
    expect(diagnostics.map(({ severity, code }) => [severity, code])).toEqual(codes.map((code) => ['warning', code]));
  });
});

describe('everything else is refused', () => {
  test.each([
    ['nothing', '', 'input-empty', /nothing in it/],
    ['blanks', ' \r\n\t', 'input-empty', /nothing in it/],
    [
      'a plan with its configuration only',
      { format_version: '1.2', configuration: {} },
      'input-unsupported',
      /neither/,
    ],
    ['a plan with empty values only', { format_version: '1.2', planned_values: {} }, 'input-unsupported', /neither/],
    ['format_version alone', { format_version: '1.0' }, 'nothing-to-check', /empty plan or state/],
    [
      'format_version and terraform_version',
      { format_version: '1.0', terraform_version: '1.5.0' },
      'nothing-to-check',
      /empty/,
    ],
    ['an empty object', {}, 'input-unsupported', /neither a plan nor a state/],
    ['a list', [plan], 'input-unsupported', /neither a plan nor a state/],
    ['a number', '12', 'input-unsupported', /neither a plan nor a state/],
    ['other JSON', { name: 'x' }, 'input-unsupported', /neither a plan nor a state/],
    ['raw state', { version: 4, serial: 1, lineage: 'x', resources: [] }, 'input-unsupported', /raw state/],
    ['old raw state', { version: 3, serial: 1, modules: [] }, 'input-unsupported', /raw state/],
    [
      'encrypted by OpenTofu',
      { meta: {}, encrypted_data: 'x', encryption_version: 'v0' },
      'input-unsupported',
      /OpenTofu has encrypted/,
    ],
    [
      'cloud plan bookmark',
      { remote_plan_format: 1, run_id: 'run-1', hostname: 'app.terraform.io' },
      'input-unsupported',
      /bookmark/,
    ],
    [
      'UI stream',
      '{"@level":"info","@message":"Terraform 1.11.4","type":"version"}\n{"@level":"info"}\n',
      'input-unsupported',
      /message stream/,
    ],
    ['one UI message', { type: 'version', '@level': 'info' }, 'input-unsupported', /message of a Terraform/],
    ['wrapper', `[command]/bin/terraform show -json\n${JSON.stringify(plan)}`, 'input-unsupported', /setup-terraform/],
    ['log before JSON', `INFO start\n${JSON.stringify(plan)}`, 'input-unsupported', /text before the JSON/],
    ['pre-0.12 plan', 'tfplan\u0002gob', 'input-unsupported', /0\.11 or older/],
    ['HCL', '# x\nresource "aws_db_instance" "main" {\n}\n', 'input-unsupported', /HCL/],
    ['locals', 'locals {\n a = 1\n}\n', 'input-unsupported', /HCL/],
    ['tf.json', { resource: { aws_db_instance: { main: {} } } }, 'input-unsupported', /configuration in JSON/],
    [
      'cdk.tf.json',
      { '//': { metadata: {} }, terraform: { backend: {} }, data: {} },
      'input-unsupported',
      /configuration in JSON/,
    ],
    ['JSON:API', { data: { type: 'plans', id: 'x' } }, 'input-unsupported', /neither a plan nor a state/],
    [
      'report',
      { schemaVersion: '1', tool: { name: 'rds-auth-policy' } },
      'input-unsupported',
      /report of rds-auth-policy/,
    ],
    ['SARIF', { version: '2.1.0', runs: [] }, 'input-unsupported', /SARIF/],
    ['run task', { payload_version: 1, plan_json_api_url: 'https://x' }, 'input-unsupported', /run task/],
    [
      'text of terraform plan',
      '\u001b[0mTerraform used the selected providers to generate the following execution plan.',
      'input-unsupported',
      /prints for people/,
    ],
    ['coloured text of terraform plan', '\u001b[1m\u001b[32mNo changes.\u001b[0m', 'input-unsupported', /for people/],
    ['error text', '╷\n│ Error: Failed to load "tfplan"\n╵', 'input-unsupported', /error message/],
    ['HTML', '<!DOCTYPE html><html>', 'input-unsupported', /HTML/],
    ['LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid x', 'input-unsupported', /Git LFS/],
    ['prose', 'Dear reader,', 'input-unsupported', /not JSON/],
    ['provider schemas', { format_version: '1.0', provider_schemas: {} }, 'input-unsupported', /providers schema/],
    ['validate', { format_version: '1.0', valid: true, diagnostics: [] }, 'input-unsupported', /validate/],
    ['unknown command', { format_version: '1.0', modules: [] }, 'input-unsupported', /neither a plan nor a state/],
    ['format 2', { ...plan, format_version: '2.0' }, 'input-version-unsupported', /0\.x or 1\.x/],
    ['format 10', { ...plan, format_version: '10.1' }, 'input-version-unsupported', /0\.x or 1\.x/],
    ['numeric format', { ...plan, format_version: 1.2 }, 'input-version-unsupported', /0\.x or 1\.x/],
    ['plan without format', { planned_values: {} }, 'input-version-unsupported', /looks like a plan/],
    ['state without format', { values: { root_module: {} } }, 'input-version-unsupported', /looks like a state/],
    ['changes of another shape', { ...plan, resource_changes: {} }, 'input-unsupported', /resource_changes/],
    ['configuration of another shape', { ...plan, configuration: 'x' }, 'input-unsupported', /configuration/],
    ['values of another shape', { ...state, values: [] }, 'input-unsupported', /values/],
    ['root module of another shape', { ...state, values: { root_module: 1 } }, 'input-unsupported', /values/],
  ])('%s', (_, input, code, summary) => {
    const diagnostic = refusalOf(input);
    expect(diagnostic).toMatchObject({ severity: 'error', code, origin: { file: 'file' } });
    expect(diagnostic.summary).toMatch(summary);
    expect(diagnostic.detail).toMatch(/\w{3}/);
  });
});

describe('broken JSON', () => {
  test.each([
    ['cut in an object', '{"format_version":"1.2",', 'ends in the middle', 1, 25],
    ['cut in a string', '{"format_version":"1.', 'ends in the middle', 1, 22],
    ['cut in an escape', '{"a":"\\', 'ends in the middle', 1, 8],
    ['cut in a code point', '{"a":"\\u00', 'ends in the middle', 1, 11],
    ['cut in a word', '{"a":tr', 'ends in the middle', 1, 8],
    ['cut in a number', '{"a":-', 'ends in the middle', 1, 7],
    ['cut before a value', '{\n  "a":\n', 'ends in the middle', 3, 1],
    ['text after it', '{"a":[1,{}]}\n\nReleasing lock', 'more text follows', 3, 1],
    ['no key', '{\n\n  canary-1: 2}', 'not valid JSON', 3, 3],
    ['no colon', '{"a" "b"}', 'not valid JSON', 1, 6],
    ['no comma', '{"a":1 "b":2}', 'not valid JSON', 1, 8],
    ['a comma too many', '{"a":[1,2,]}', 'not valid JSON', 1, 11],
    ['a bare word', '{"a":canary-1}', 'not valid JSON', 1, 6],
    ['a line break in a string', '{"a":"canary-1\n"}', 'not valid JSON', 1, 15],
    ['a bad escape', '{"a":"\\x"}', 'not valid JSON', 1, 7],
    ['a bad code point', '{"a":"\\u12g4"}', 'not valid JSON', 1, 7],
    ['a leading zero', '{"a":01}', 'not valid JSON', 1, 7],
    ['wrong bracket', '{"a":[1}}', 'not valid JSON', 1, 8],
  ])('%s', (_, text, sentence, line, column) => {
    const diagnostic = refusalOf(text);
    expect(diagnostic.code).toBe('input-unreadable');
    expect(diagnostic.summary).toContain(sentence);
    expect(diagnostic.summary).toContain(`(line ${line}, column ${column})`);
    expect(diagnostic.origin).toEqual({ file: 'file', line, column });
    expect(JSON.stringify(diagnostic)).not.toContain('canary');
  });

  test('numbers, escapes and words of JSON are no faults', () => {
    const text = '{"a":[-0.5e+10,1E9,true,false,null,"\\u00e9\\n\\"",[],{}],"b":{}} x';
    const { summary } = refusalOf(text);
    expect(summary).toContain('more text follows');
    expect(summary).toContain(`column ${text.length})`);
  });

  test('deep nesting is no fault and no crash', () => {
    expect(refusalOf(`{"a":${'['.repeat(200_000)}`).summary).toContain('ends in the middle');
  });
});
