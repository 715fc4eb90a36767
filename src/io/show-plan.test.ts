import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ShowOptions, showPlan } from './show-plan.ts';

let directory = '';
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'show-')));
});
afterEach(() => rmSync(directory, { recursive: true }));

const at = (path: string): string => join(directory, path);

/** A program that does what the lines of shell say. */
const program = (script: string, name = 'fake-terraform'): string => {
  writeFileSync(at(name), `#!/bin/sh\n${script}\n`);
  chmodSync(at(name), 0o755);
  return at(name);
};

const options: ShowOptions = { binary: undefined, program: null, source: undefined, env: { PATH: '/usr/bin:/bin' } };
const limits = { milliseconds: 20_000, bytes: 1000 };
const hasty = { ...limits, milliseconds: 500 };
const show = (changed: Partial<ShowOptions>, plan = at('my.tfplan'), within = limits) =>
  showPlan(plan, { ...options, ...changed }, within);
const reasonOf = async (changed: Partial<ShowOptions>, within = limits): Promise<string> => {
  const shown = await show(changed, undefined, within);
  if (shown.ok) throw new Error('was shown');
  return shown.failure.reason;
};

describe('how the program is called', () => {
  test('without a shell, as in automation, and with the path of the plan', async () => {
    const binary = program('printf "%s," "$@" "$TF_IN_AUTOMATION" "$CHECKPOINT_DISABLE" "$TF_DATA_DIR"');
    const plan = at('a $(touch x);"b" -c');
    const shown = await show({ binary, env: { ...options.env, TF_DATA_DIR: 'data' } }, plan);
    expect(shown).toEqual({ ok: true, text: `show,-json,-no-color,${plan},1,1,data,` });
    expect(existsSync(at('x'))).toBe(false);
  });

  test.each([
    ['that of --source', ['source/.terraform', 'plan/.terraform'], 'source'],
    ['that of the plan', ['plan/.terraform'], 'plan'],
    ['that of the plan, where none is initialised', [], 'plan'],
  ])('in %s', async (_, initialised, expected) => {
    for (const path of ['source', 'plan', ...initialised]) mkdirSync(at(path), { recursive: true });
    const shown = await show({ binary: program('pwd'), source: at('source') }, at('plan/my.tfplan'));
    expect(shown).toEqual({ ok: true, text: `${at(expected)}\n` });
  });

  test.each<[ShowOptions['program'], readonly string[], string]>([
    ['terraform', ['terraform', 'tofu'], 'terraform'],
    ['tofu', ['terraform', 'tofu'], 'tofu'],
    [null, ['terraform', 'tofu'], 'terraform'],
    [null, ['tofu'], 'tofu'],
  ])('for a plan of %s, of %j the program %s', async (made, present, expected) => {
    for (const name of present) program(`echo ${name}`, name);
    expect(await show({ program: made, env: { PATH: directory } })).toEqual({ ok: true, text: `${expected}\n` });
  });

  test('where the first fails the second is asked', async () => {
    program('exit 1', 'terraform');
    program('echo tofu', 'tofu');
    expect(await show({ env: { PATH: `${directory}${delimiter}/bin` } })).toEqual({ ok: true, text: 'tofu\n' });
  });
});

describe('failures', () => {
  const long = 'x'.repeat(2000);
  test.each([
    [
      'an exit code',
      'echo canary-stdout; echo "canary-stderr" >&2; exit 3',
      /^fake-terraform show failed with exit code 3$/,
    ],
    ['a signal', 'kill -9 $$', /stopped by a signal/],
    ['too much output', `echo ${long}`, /more than can be read/],
    ['endless output', 'while :; do echo canary; done', /more than can be read/],
    ['no text', "printf '\\377'", /no text in UTF-8/],
    [
      'providers that are not there',
      'echo "Error: Failed to load plugin schemas canary" >&2; exit 1',
      /providers of the plan are not installed/,
    ],
    [
      'a directory without init',
      'echo "Error: Backend initialization required: canary" >&2; exit 1',
      /not initialised/,
    ],
    ['a newer state', 'echo "state snapshot was created by Terraform v9, canary" >&2; exit 1', /newer version/],
    [
      'another version',
      'printf "plan file was created by Terraform 1.12.4, but this is\\n1.11.4; canary" >&2; exit 1',
      /of version 1\.12\.4, the program of 1\.11\.4/,
    ],
  ])('%s', async (_, script, expected) => {
    const reason = await reasonOf({ binary: program(script) });
    expect(reason).toMatch(expected);
    expect(reason).not.toMatch(/canary|show-/);
  });

  test.each([
    ['endless messages', `while :; do echo ${long} >&2; done`],
    ['no end', 'sleep 60'],
    ['no end, and a child that holds its output open', 'sleep 60 & exec sleep 60'],
  ])('%s', async (_, script) => {
    expect(await reasonOf({ binary: program(script) }, hasty)).toMatch(/longer than 0\.5 seconds/);
  });

  test.each([
    ['no such program', () => at('none'), /there is no program none/],
    ['a file that is no program', () => './package.json', /package\.json cannot be started/],
    ['a directory', () => directory, /cannot be started/],
  ])('%s', async (_, binary, expected) => {
    expect(await reasonOf({ binary: binary() })).toMatch(expected);
  });

  test('both programs are named where there is neither', async () => {
    const reason = await reasonOf({ env: { PATH: directory } });
    expect(reason).toBe('there is no program terraform; there is no program tofu');
  });

  test('what to type has the name of the file only where a shell takes it as it stands', async () => {
    for (const [name, written] of [
      ['my.tfplan', at('my.tfplan')],
      ['my plan', 'FILE'],
      ['$(x)', 'FILE'],
    ] as const) {
      const shown = await show({ binary: at('none'), program: 'tofu' }, at(name));
      expect(shown.ok ? '' : shown.failure.advice).toContain(`\n  tofu show -json ${written} > plan.json`);
    }
  });
});

/** Of the process of which a program has noted the number; one that is dead and not yet buried is not alive. */
const isAlive = (file: string): boolean => {
  const id = readFileSync(at(file), 'utf8').trim();
  try {
    process.kill(Number(id), 0);
    return !existsSync(`/proc/${id}/stat`) || !/\) [ZX] /.test(readFileSync(`/proc/${id}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

test('neither the child nor what it has started outlives the time that it has', async () => {
  const script = `sleep 60 & echo $! > ${at('inner')}; echo $$ > ${at('outer')}; exec sleep 60`;
  await reasonOf({ binary: program(script) }, hasty);
  // The killed are there until the system has buried them.
  for (let i = 0; i < 100 && (isAlive('outer') || isAlive('inner')); i++) await setTimeout(20);
  expect([isAlive('outer'), isAlive('inner')]).toEqual([false, false]);
});

const hasTerraform = (() => {
  try {
    execFileSync('terraform', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
const withTerraform = hasTerraform ? test : test.skip;

describe('Terraform itself (skipped where it is not installed)', () => {
  const real = (plan: string) => showPlan(plan, { ...options, env: process.env });

  withTerraform('shows a plan that needs no provider', async () => {
    const shown = await real('testdata/saved-plans/plan.tfplan');
    const { variables } = JSON.parse(shown.ok ? shown.text : '{}');
    expect(variables.text).toEqual({ value: 'orders' });
  });

  withTerraform('says that providers are missing', async () => {
    cpSync('testdata/scenarios/mistake-tls-off/plan.tfplan', at('plan.tfplan'));
    const shown = await real(at('plan.tfplan'));
    expect(shown.ok ? '' : shown.failure.reason).toContain('the providers of the plan are not installed here');
  });
});
