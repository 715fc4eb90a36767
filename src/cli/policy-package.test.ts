import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runMain, scenario } from './run.test-support.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rds-auth-package-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const pack = (name: string, assert: string): string => {
  mkdirSync(join(folder, name, 'acme-tls'), { recursive: true });
  const policy = `id: acme-tls
set: acme
title: Proxy without TLS
subject: proxy
severity: high
enforcement: mandatory
assert: ${assert}
message: There is no TLS.
remediation: Set require_tls.
why: Our rules ask for it.
references: [https://example.com/rules]
`;
  writeFileSync(join(folder, name, 'acme-tls/policy.yaml'), policy);
  writeFileSync(join(folder, name, 'package.json'), JSON.stringify({ name, version: '1.0.0' }));
  expect(spawnSync('npm', ['pack', '--ignore-scripts'], { cwd: join(folder, name) }).status).toBe(0);
  return join(folder, name, `${name}-1.0.0.tgz`);
};

test('policies of a package judge', async () => {
  const plan = scenario('mistake-tls-off');
  const argv = [plan, '--policies', pack('good', 'proxy.tlsForIam'), '--only', 'acme-tls', '--format', 'json'];
  const { code, stdout } = await runMain(argv);
  expect(code).toBe(1);
  expect(JSON.parse(stdout).findings).toMatchObject([{ policy: 'acme-tls', message: 'There is no TLS.' }]);
});

test('a fault in one has its place in the package', async () => {
  const archive = pack('bad', 'proxy.tlsForIAm');
  const { code, stdout } = await runMain([scenario('mistake-tls-off'), '--policies', archive, '--format', 'json']);
  expect(code).toBe(2);
  expect(JSON.parse(stdout).diagnostics).toMatchObject([
    { code: 'policy-condition-invalid', origin: { file: `${archive}/package/acme-tls/policy.yaml`, line: 7 } },
  ]);
});
