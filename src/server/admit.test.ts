import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { addressFault, isLinkLocal, isPrivate, readHost, redirectFault } from './addresses.ts';
import { type AdmissionRules, admit } from './admit.ts';
import { judgeSignature } from './signature.ts';
import { readTask } from './task.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const rules: AdmissionRules = {
  keys: ['secret'],
  hosts: [{ hostname: 'app.terraform.io', port: '' }],
  oldestRun: 30 * 24 * 3_600_000,
};

/** A request as HCP Terraform posts it, of the form in its documentation. */
const payload = {
  payload_version: 1,
  stage: 'post_plan',
  access_token: 'token-of-the-task',
  capabilities: { outcomes: true },
  configuration_version_download_url: 'https://app.terraform.io/api/v2/configuration-versions/cv-1/download',
  configuration_version_id: 'cv-1',
  is_speculative: false,
  organization_name: 'acme',
  plan_json_api_url: 'https://app.terraform.io/api/v2/plans/plan-1/json-output',
  run_app_url: 'https://app.terraform.io/app/acme/orders/runs/run-1',
  run_created_at: '2026-03-01T11:59:00.123Z',
  run_created_by: 'alice',
  run_id: 'run-1',
  run_message: 'Triggered via UI',
  task_result_callback_url: 'https://app.terraform.io/api/v2/task-results/5ea8d46c/callback',
  task_result_enforcement_level: 'mandatory',
  task_result_id: 'taskrs-1',
  vcs_branch: null,
  workspace_id: 'ws-1',
  workspace_name: 'orders',
  workspace_working_directory: 'infra',
};

const sign = (body: Uint8Array, key = 'secret'): string => createHmac('sha512', key).update(body).digest('hex');
const bytesOf = (value: unknown): Buffer => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const send = (value: unknown, given: Partial<AdmissionRules> = {}) => {
  const body = bytesOf(value);
  return admit(sign(body), body, { ...rules, ...given }, now);
};

describe('the signature', () => {
  const body = Buffer.from('{"payload_version":1,"access_token":"test-token"}');
  const vector =
    'f890e2a89bbe7c601e2c1f19ec136ed76f3c67e782c625730468fa8c4764385793865a9f6d915a21aaa6e2a219810284eac6c05c4d73dde32e49872279bf182d';

  test.each([
    ['that openssl makes', vector, ['secret'], 'right'],
    ['in upper case', vector.toUpperCase(), ['secret'], 'right'],
    ['by the key before the last', vector, ['new', 'secret'], 'right'],
    ['by the newest of two keys', vector, ['secret', 'old'], 'right'],
    ['by neither key', vector, ['new', 'old'], 'wrong'],
    ['with one digit changed', `0${vector.slice(1)}`, ['secret'], 'wrong'],
    ['that is too short', vector.slice(2), ['secret'], 'wrong'],
    ['that is too long', `${vector}00`, ['secret'], 'wrong'],
    ['of the right length that is no hex', 'g'.repeat(128), ['secret'], 'wrong'],
    ['with a name before it', `sha512=${vector}`, ['secret'], 'wrong'],
    ['with a line behind it', `${vector}\n`, ['secret'], 'wrong'],
    ['that two headers make', `${vector}, ${vector}`, ['secret'], 'wrong'],
    ['of SHA-256', createHmac('sha256', 'secret').update(body).digest('hex'), ['secret'], 'wrong'],
    ['that is empty, with a key', '', ['secret'], 'wrong'],
    ['that is missing, with a key', undefined, ['secret'], 'wrong'],
    ['that is empty, without a key', '', [], 'right'],
    ['that is missing, without a key', undefined, [], 'right'],
    ['that is there, without a key', vector, [], 'unexpected'],
  ])('%s', (_, signature, keys, verdict) => {
    expect(judgeSignature(signature, body, keys)).toBe(verdict);
  });

  test('is of the bytes, not of what they mean', () => {
    expect(judgeSignature(vector, Buffer.from(`${body} `), ['secret'])).toBe('wrong');
  });

  test('is judged before anything in the body is', () => {
    const broken = bytesOf('{');
    expect(admit(sign(broken, 'other'), broken, rules, now)).toMatchObject({ status: 401 });
    expect(admit(sign(broken), broken, rules, now)).toMatchObject({ status: 400 });
    expect(admit(sign(broken), broken, { ...rules, keys: [] }, now)).toMatchObject({ status: 400 });
  });
});

describe('a verification', () => {
  const recorded = {
    ...payload,
    access_token: 'test-token',
    task_result_enforcement_level: 'test',
    organization_name: 'test-org',
    run_created_at: '2021-01-01T00:00:00.000Z',
  };
  const { stage: _, ...withoutStage } = recorded;

  test.each([
    ['with a stage of its own', { ...recorded, stage: 'test' }],
    ['without a stage', withoutStage],
    ['on a host that is not allowed', { ...withoutStage, plan_json_api_url: 'https://evil.example/' }],
    ['without addresses', { payload_version: 1, access_token: 'test-token' }],
    ['with a token, by its stage', { ...payload, stage: 'test' }],
  ])('%s asks for no work', (_name, body) => {
    expect(send(body)).toEqual({ kind: 'verification' });
  });

  test('needs a right signature', () => {
    const body = bytesOf(withoutStage);
    expect(admit(sign(body, 'other'), body, rules, now)).toMatchObject({ kind: 'refused', status: 401 });
    expect(admit('', body, rules, now)).toMatchObject({ kind: 'refused', status: 401 });
  });
});

describe('a body', () => {
  test('is read as it is meant', () => {
    expect(readTask(bytesOf(payload))).toEqual({
      kind: 'task',
      task: {
        id: 'taskrs-1',
        stage: 'post_plan',
        accessToken: 'token-of-the-task',
        callbackUrl: payload.task_result_callback_url,
        planUrl: payload.plan_json_api_url,
        configurationUrl: payload.configuration_version_download_url,
        workingDirectory: 'infra',
        organization: 'acme',
        workspace: 'orders',
        runId: 'run-1',
        isMandatory: true,
        createdAt: payload.run_created_at,
        takesOutcomes: true,
      },
    });
  });

  test.each([
    ['without capabilities', { capabilities: undefined }, { takesOutcomes: false }],
    ['with capabilities of another type', { capabilities: [true] }, { takesOutcomes: false }],
    ['with outcomes that are not true', { capabilities: { outcomes: 'true' } }, { takesOutcomes: false }],
    [
      'with the misspelt key of a client',
      { capabilities: undefined, capabilitites: { outcomes: true } },
      { takesOutcomes: false },
    ],
    ['without configuration', { configuration_version_download_url: null }, { configurationUrl: null }],
    ['without a plan', { plan_json_api_url: undefined }, { planUrl: null }],
    ['without a directory', { workspace_working_directory: null }, { workingDirectory: '' }],
    ['with keys that are new', { later: { deep: [1] } }, { id: 'taskrs-1' }],
    ['without a version', { payload_version: undefined }, { id: 'taskrs-1' }],
    ['of a stage that is new', { stage: 'pre_destroy' }, { stage: 'pre_destroy' }],
    ['that only advises', { task_result_enforcement_level: 'advisory' }, { isMandatory: false }],
  ])('%s is taken', (_, changed, expected) => {
    expect(send({ ...payload, ...changed })).toMatchObject({ kind: 'task', task: expected });
  });

  test.each<[string, unknown, RegExp]>([
    ['that is empty', '', /not JSON/],
    ['that is no JSON', 'payload=1', /not JSON/],
    ['that is a list', [], /not a JSON object/],
    ['that is null', 'null', /not a JSON object/],
    ['that is half a million lists', '['.repeat(500_000), /not JSON/],
    ['of another version', { ...payload, payload_version: 2 }, /payload_version/],
    ['without an id', { ...payload, task_result_id: undefined }, /no task_result_id/],
    ['whose token is a number', { ...payload, access_token: 7 }, /no access_token/],
    ['whose token has a line break', { ...payload, access_token: 'abc\ndef' }, /access_token holds what no header can/],
    ['whose token has a space', { ...payload, access_token: 'abc def' }, /access_token holds/],
    ['whose token is of other letters', { ...payload, access_token: 'tökén' }, /access_token holds/],
    ['without a callback', { ...payload, task_result_callback_url: '' }, /no task_result_callback_url/],
  ])('%s is refused', (_, body, reason) => {
    expect(send(body)).toMatchObject({ kind: 'refused', status: 400, reason: expect.stringMatching(reason) });
  });

  test('in another character set is refused', () => {
    const body = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
    expect(admit(sign(body), body, rules, now)).toMatchObject({ status: 400 });
  });

  test.each([
    ['of yesterday', '2026-02-28T12:00:00Z', 'task'],
    ['of half a year ago', '2025-09-01T12:00:00Z', 'refused'],
    ['of no time at all', 'yesterday', 'refused'],
  ])('of a run %s', (_, created, kind) => {
    expect(send({ ...payload, run_created_at: created }).kind).toBe(kind);
  });
});

describe('an address', () => {
  const path = 'api/v2/plans/plan-1/json-output';
  const tfe = [...rules.hosts, { hostname: 'tfe.corp.example', port: '8443' }];

  test.each([
    ['the usual one', `https://app.terraform.io/${path}`, null],
    ['upper case', `https://APP.Terraform.io/${path}`, null],
    ['the usual port, written', `https://app.terraform.io:443/${path}`, null],
    ['a query', `https://app.terraform.io/${path}?url_code=1`, null],
    ['a host and port that are configured', `https://tfe.corp.example:8443/${path}`, null],
    ['the host that is configured, without its port', `https://tfe.corp.example/${path}`, /port/],
    ['http', `http://app.terraform.io/${path}`, /https/],
    ['another scheme', `file:///${path}`, /https/],
    ['another host', `https://evil.example/${path}`, /host/],
    ['the host as a user name', `https://app.terraform.io@evil.example/${path}`, /user name/],
    ['the host as a beginning', `https://app.terraform.io.evil.example/${path}`, /host/],
    ['the host as an end', `https://evil-app.terraform.io/${path}`, /host/],
    ['a dot behind the host', `https://app.terraform.io./${path}`, /host/],
    ['a backslash', `https://app.terraform.io\\@evil.example/${path}`, /not an address/],
    ['a Cyrillic letter', `https://\u0430pp.terraform.io/${path}`, /host/],
    ['a loopback address in hex', `https://0x7f.1/${path}`, /host/],
    ['a loopback address as a number', `https://2130706433/${path}`, /host/],
    ['a loopback address of IPv6', `https://[::1]/${path}`, /host/],
    ['where clouds keep credentials', 'https://169.254.169.254/latest/meta-data/', /host/],
    ['a port', `https://app.terraform.io:8443/${path}`, /port/],
    ['a user name and password', `https://user:p@app.terraform.io/${path}`, /user name/],
    ['a line break', `https://app.terraform.io/\n${path}`, /not an address/],
    ['a path of another kind', 'https://app.terraform.io/api/v2/organizations/acme', /kind/],
    ['the path of the callback', 'https://app.terraform.io/api/v2/task-results/1/callback', /kind/],
    ['a path that climbs out', 'https://app.terraform.io/api/v2/plans/../../admin', /kind/],
    ['a path that climbs out, encoded', 'https://app.terraform.io/api/v2/plans/%2e%2e/%2E%2E/admin', /kind/],
    ['a slash that is encoded', 'https://app.terraform.io/api/v2/plans/..%2f..%2Fadmin', /kind/],
    ['a backslash that is encoded', 'https://app.terraform.io/api/v2/plans/..%5C..%5cadmin', /kind/],
    ['an encoded slash in its query', `https://app.terraform.io/${path}?url_code=a%2Fb`, null],
    ['no address', path, /not an address/],
  ])('with %s', (_, address, fault) => {
    const found = addressFault('plan_json_api_url', address, tfe);
    if (fault === null) expect(found).toBeNull();
    else expect(found).toMatch(fault);
  });

  test.each([
    ['the plan elsewhere', { plan_json_api_url: `https://tfe.corp.example:8443/${path}` }, /different hosts/],
    ['the plan on a foreign host', { plan_json_api_url: `https://evil.example/${path}` }, /plan_json_api_url/],
    [
      'the configuration on a foreign host',
      { configuration_version_download_url: 'https://evil.example/' },
      /configuration/,
    ],
    ['the callback on a foreign host', { task_result_callback_url: 'https://evil.example/' }, /callback/],
  ])('%s makes the request refused', (_, changed, reason) => {
    const answer = send({ ...payload, ...changed }, { hosts: tfe });
    expect(answer).toMatchObject({ kind: 'refused', status: 403, reason: expect.stringMatching(reason) });
    expect(JSON.stringify(answer)).not.toContain('evil.example');
  });

  test.each([
    ['the store of HCP Terraform', 'https://archivist.terraform.io/v1/object/abc', null],
    ['the store on the same host', 'https://app.terraform.io/_archivist/v1/object/abc', null],
    ['a host that is configured, with its port', 'https://tfe.corp.example:8443/_archivist/v1/object/abc', null],
    ['http', 'http://archivist.terraform.io/v1/object/abc', /https/],
    ['a port', 'https://archivist.terraform.io:8443/', /port/],
    ['a user name', 'https://a:b@archivist.terraform.io/', /user name/],
    ['loopback', 'https://127.0.0.1/', /private/],
    ['loopback by name', 'https://localhost/', /private/],
    ['loopback in hex', 'https://0x7f.1/', /private/],
    ['loopback of IPv6', 'https://[::1]/', /private/],
    ['loopback of IPv4 in IPv6', 'https://[::ffff:127.0.0.1]/', /private/],
    ['loopback behind a translator', 'https://[64:ff9b::7f00:1]/', /private/],
    ['a private network', 'https://10.1.2.3/', /private/],
    ['a private network of IPv6', 'https://[fd12::1]/', /private/],
    ['credentials of a cloud', 'https://169.254.169.254/latest/', /private/],
    ['credentials of a cloud by name', 'https://metadata.google.internal/', /private/],
    ['every address', 'https://0.0.0.0/', /private/],
    ['a file', 'file:///etc/passwd', /https/],
  ])('redirect to %s', (_, address, fault) => {
    const found = redirectFault(address, tfe);
    if (fault === null) expect(found).toBeNull();
    else expect(found).toMatch(fault);
  });

  test.each([
    ['8.8.8.8', false, false],
    ['172.15.0.1', false, false],
    ['172.16.0.1', true, false],
    ['100.64.0.1', true, false],
    ['169.254.169.254', true, true],
    ['::ffff:169.254.169.254', true, true],
    ['fe80::1', true, true],
    ['fd00:ec2::254', true, true],
    ['2606:4700::1', false, false],
    ['64:ff9b::808:808', false, false],
    ['64:ff9b::a9fe:a9fe', true, true],
    ['64:ff9b:1::a9fe:a9fe', true, false],
    ['2001::a9fe:a9fe', true, false],
    ['2002:a9fe:a9fe::1', true, true],
    ['::7f00:1', true, false],
    ['::a9fe:a9fe', true, true],
    ['::ffff:0:7f00:1', true, false],
    ['::ffff:0:a9fe:a9fe', true, true],
    ['::ffff:8.8.8.8', false, false],
    ['192.0.2.1', true, false],
    ['198.51.100.1', true, false],
    ['203.0.113.1', true, false],
    ['2001:db8::1', true, false],
    ['2001:4860:4860::8888', false, false],
    ['100::1', true, false],
    ['168.63.129.16', true, true],
    ['168.63.129.17', false, false],
    ['100.100.100.200', true, true],
    ['no address', true, false],
  ])('%s: private %s, link-local %s', (address, inside, link) => {
    expect(isPrivate(address)).toBe(inside);
    if (address !== 'no address') expect(isLinkLocal(address)).toBe(link);
  });

  test.each([
    ['app.terraform.io', { hostname: 'app.terraform.io', port: '' }],
    ['TFE.corp.example:8443', { hostname: 'tfe.corp.example', port: '8443' }],
    ['[::1]:8443', { hostname: '[::1]', port: '8443' }],
    ['https://app.terraform.io', null],
    ['app.terraform.io/api', null],
    ['user@app.terraform.io', null],
    ['', null],
    ['a b', null],
    ['[::1]', { hostname: '[::1]', port: '' }],
    ['*.terraform.io', null],
    ['app.terraform.io,tfe.corp.example', null],
    ['%61pp.terraform.io', null],
    ['\u0430pp.terraform.io', null],
    ['app.terraform.io:', null],
    ['app.terraform.io:70000', null],
  ])('--allow-host %s', (text, host) => {
    expect(readHost(text)).toEqual(host);
  });
});
