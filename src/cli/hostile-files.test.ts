import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { runMain } from '../testing/run-main.ts';

// Files that are no plan, or not one that can be read: a sentence on standard error, exit code 2, and nothing else.

const bytes = readFileSync('testdata/scenarios/mistake-tls-off/plan.json');
const genuine = bytes.toString('utf8');
const plan: object = JSON.parse(genuine);

const cutAt = (share: number): string => genuine.slice(0, Math.floor(genuine.length * share));
const json = (value: unknown): string => JSON.stringify(value);
const nest = (open: string, inner: string, close: string, levels: number): string =>
  open.repeat(levels) + inner + close.repeat(levels);
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

const rows: readonly (readonly [name: string, input: string | Buffer, sentence: RegExp])[] = [
  ['nothing', '', /Nothing came/],
  ['blanks', ' \r\n\t ', /nothing in it/],
  ['a byte order mark alone', Buffer.from([0xef, 0xbb, 0xbf]), /nothing in it/],
  ['a mark of UTF-16 alone', Buffer.from([0xff, 0xfe]), /nothing in it/],
  ['NUL characters', Buffer.alloc(64), /not JSON/],
  ['a plan cut after its first character', cutAt(0).concat('{'), /ends in the middle/],
  ['a plan cut after a hundredth', cutAt(0.01), /ends in the middle/],
  ['a plan cut after a third', cutAt(0.33), /ends in the middle/],
  ['a plan cut in the middle', cutAt(0.5), /ends in the middle/],
  ['a plan cut at its last bracket', genuine.trimEnd().slice(0, -1), /ends in the middle/],
  ['a plan and a log line', `${genuine}\nDone. canary-log\n`, /more text follows/],
  ['two plans', genuine + genuine, /more text follows/],
  ['a plan with a comma too many', genuine.trimEnd().replace(/\}$/, ',}'), /not valid JSON/],
  ['a plan with a value left out', genuine.replace('"variables":', '"canary":,"variables":'), /not valid JSON/],
  ['a plan with NaN', genuine.replace('"variables":', '"canary":NaN,"variables":'), /not valid JSON/],
  ['a plan with comments', genuine.replace('{', '{ /* canary-comment */'), /not valid JSON/],
  ['a plan in single quotes', genuine.replaceAll('"', "'"), /not valid JSON/],
  ['a plan with a NUL in it', genuine.replace('"variables"', '\u0000"variables"'), /not valid JSON/],
  ['prose', 'Dear reader, the password is canary-1.', /not JSON/],
  ['YAML', 'format_version: "1.2"\npassword: canary-1\n', /not JSON/],
  ['a list', json([plan]), /neither a plan nor a state/],
  ['a text', json('canary-1'), /neither a plan nor a state/],
  ['a number', '7', /neither a plan nor a state/],
  ['a number beyond all', '1e999', /neither a plan nor a state/],
  ['null', 'null', /neither a plan nor a state/],
  ['an empty object', '{}', /neither a plan nor a state/],
  ['another object', json({ password: 'canary-1' }), /neither a plan nor a state/],
  ['a prototype alone', '{"__proto__":{"format_version":"1.2","resource_changes":[]}}', /neither a plan nor a state/],
  [
    'a saved plan',
    latin1('PK\u0003\u0004'.padEnd(30, '\u0000').concat('tfplan')),
    /binary form of terraform plan -out/,
  ],
  ['another archive', latin1('PK\u0003\u0004'.padEnd(30, '\u0000').concat('canary.txt')), /zip archive/],
  ['gzip', latin1('\u001f\u008b\u0008'), /gzip/],
  ['bzip2', latin1('BZh9'), /bzip2/],
  ['xz', latin1('\u00fd7zXZ\u0000'), /xz/],
  ['zstd', latin1('\u0028\u00b5\u002f\u00fd'), /zstd/],
  ['a plan of Terraform 0.11', 'tfplan\u0002canary', /0\.11 or older/],
  ['output of the wrapper', `[command]/bin/terraform show -json\n${genuine}`, /\[command\] line/],
  ['a pointer of Git LFS', 'version https://git-lfs.github.com/spec/v1\noid canary\n', /Git LFS/],
  ['an HTML page', '<!DOCTYPE html><html><body>canary-1', /HTML or XML/],
  ['an error of Terraform', '╷\n│ Error: canary-1\n╵', /error message/],
  ['a log before the plan', `INFO canary-1\n${genuine}`, /text before the JSON/],
  ['the text of terraform plan', 'No changes. Your infrastructure matches the configuration.', /for people/],
  ['configuration', 'resource "aws_db_proxy" "main" {\n  name = "canary-1"\n}\n', /configuration \(HCL\)/],
  ['the message stream', '{"@level":"info","@message":"canary-1"}\n{"@level":"info"}', /message stream/],
  ['one message', json({ type: 'version', '@message': 'canary-1' }), /message of a Terraform command/],
  ['an encrypted plan', json({ meta: {}, encrypted_data: 'canary-1', encryption_version: 'v0' }), /has encrypted/],
  ['a bookmark', json({ remote_plan_format: 1, run_id: 'run-canary', hostname: 'x' }), /bookmark/],
  ['a raw state', json({ version: 4, serial: 1, lineage: 'canary', resources: [] }), /raw state/],
  ['the request of a run task', json({ payload_version: 1, plan_json_api_url: 'canary' }), /run task/],
  [
    'configuration in JSON',
    json({ resource: { aws_db_proxy: { main: { name: 'canary' } } } }),
    /configuration in JSON/,
  ],
  ['provider schemas', json({ format_version: '1.0', provider_schemas: {} }), /providers schema/],
  ['terraform validate', json({ format_version: '1.0', valid: true }), /validate/],
  ['an empty state', json({ format_version: '1.0', terraform_version: '1.11.4' }), /nothing to check/],
  ['a plan without format', json({ ...plan, format_version: undefined }), /no format_version/],
  ['a state without format', json({ values: { root_module: {} } }), /no format_version/],
  ['a format of tomorrow', json({ ...plan, format_version: '2.0' }), /0\.x or 1\.x/],
  ['a format that is a number', json({ ...plan, format_version: 1.2 }), /0\.x or 1\.x/],
  ['a format that is an object', json({ ...plan, format_version: { toString: 1 } }), /0\.x or 1\.x/],
  ['a format of 1 MB', json({ ...plan, format_version: '1.'.concat('2'.repeat(1e6), 'x') }), /0\.x or 1\.x/],
  ['5,000 lists', nest('[', '', ']', 5000), /neither a plan nor a state/],
  ['5,000 objects', nest('{"canary":', '1', '}', 5000), /neither a plan nor a state/],
  ['a million lists, not closed', '['.repeat(1e6), /ends in the middle/],
  ['a million objects, not closed', '{"canary":'.repeat(1e6), /ends in the middle/],
  [
    'UTF-16 that ends in a character',
    Buffer.from(`\ufeff${genuine}`, 'utf16le').subarray(0, -1),
    /middle of a character/,
  ],
  ['bytes that are no UTF-8', Buffer.concat([bytes, Buffer.from([0xc3, 0x28])]), /not text in UTF-8/],
  [
    'UTF-32',
    Buffer.from([...genuine.slice(0, 99)].flatMap((c) => [c.charCodeAt(0), 0, 0, 0])),
    /not valid JSON|not JSON/,
  ],
];

describe('files that are refused', () => {
  test.each(rows)('%s', async (_, input, sentence) => {
    const { code, stdout, stderr } = await runMain(['check', '-'], input);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    const [first = '', ...more] = stderr.split(/\n(?=\S)/);
    expect(more).toEqual([]);
    expect(first.replaceAll(/\s+/g, ' ')).toMatch(sentence);
    expect(first).toMatch(/^error: /);
    expect(stderr).not.toMatch(/canary|\n\s+at /);
    expect(stderr.length).toBeLessThan(1000);
    const report = JSON.parse((await runMain(['check', '--format', 'json', '-'], input)).stdout);
    expect(report).toMatchObject({ verdict: 'error', connections: [], findings: [] });
  });
});
