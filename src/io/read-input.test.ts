import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readInput } from './read-input.ts';

const scenarioText = '{"format_version":"1.2","name":"naïve – 数"}';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'read-input-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const write = (bytes: Uint8Array | string, name = 'file'): string => {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
};

const noStdin = () => {
  throw new Error('standard input was read');
};

const stream = (...chunks: readonly (string | Uint8Array)[]) =>
  async function* () {
    yield* chunks;
  };

/** A zip archive with stored, empty entries. */
const archive = (...names: readonly string[]): Buffer => {
  const locals = names.map((name) => {
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(name.length, 26);
    return Buffer.concat([header, Buffer.from(name)]);
  });
  const entries = names.map((name) => {
    const header = Buffer.alloc(46);
    header.writeUInt32LE(0x02014b50, 0);
    header.writeUInt16LE(name.length, 28);
    return Buffer.concat([header, Buffer.from(name)]);
  });
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(Buffer.concat(locals).length, 16);
  return Buffer.concat([...locals, ...entries, end]);
};

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('text', () => {
  test.each([
    ['ASCII', Buffer.from('{"a":1}'), '{"a":1}', []],
    ['UTF-8', Buffer.from(scenarioText), scenarioText, []],
    ['UTF-8 that holds the replacement character', Buffer.from('{"a":"\ufffd"}'), '{"a":"\ufffd"}', []],
    ['UTF-8 with BOM', Buffer.from(`\ufeff${scenarioText}`), scenarioText, ['encoding-converted']],
    ['UTF-16 LE with BOM', Buffer.from(`\ufeff${scenarioText}`, 'utf16le'), scenarioText, ['encoding-converted']],
    ['UTF-16 BE with BOM', utf16be(`\ufeff${scenarioText}`), scenarioText, ['encoding-converted']],
    ['UTF-16 LE without BOM', Buffer.from(scenarioText, 'utf16le'), scenarioText, ['encoding-converted']],
    ['UTF-16 BE without BOM', utf16be(scenarioText), scenarioText, ['encoding-converted']],
  ])('%s, from a file and from standard input', async (_, bytes, text, codes) => {
    const path = write(bytes);
    const results = [
      await readInput(path, noStdin),
      await readInput('-', stream(bytes.subarray(0, 3), bytes.subarray(3))),
    ];
    for (const result of results) {
      expect(result).toMatchObject({ ok: true, text });
      const diagnostics = result.ok === true ? result.diagnostics : [];
      expect(diagnostics.map(({ severity, code }) => [severity, code])).toEqual(codes.map((code) => ['warning', code]));
    }
  });

  test('a named pipe', async () => {
    const path = join(directory, 'pipe');
    execFileSync('mkfifo', [path]);
    const writer = spawn('bash', ['-c', `printf '{"a":1}' > "$1"`, 'bash', path]);
    const closed = once(writer, 'close');
    expect(await readInput(path, noStdin)).toMatchObject({ ok: true, text: '{"a":1}' });
    await closed;
  });
});

describe('what is no text, and can be read otherwise', () => {
  test('a directory', async () => {
    expect(await readInput(directory, noStdin)).toEqual({ ok: 'directory' });
  });

  test.each([
    ['saved plan', archive('tfplan', 'tfstate')],
    ['saved plan, entries in another order', archive('tfstate', 'tfplan')],
    ['saved plan that was cut off', archive('tfplan').subarray(0, 60)],
  ])('%s', async (_, bytes) => {
    expect(await readInput(write(bytes), noStdin)).toEqual({ ok: 'saved-plan', bytes });
  });
});

describe('refusals', () => {
  test.each([
    ['empty file', '', 'input-empty', /nothing in it/],
    ['other zip archive', archive('readme.txt'), 'input-unsupported', /zip archive/],
    ['zip archive that was cut off', archive('readme.txt').subarray(0, 50), 'input-unsupported', /zip archive/],
    ['zip archive with a wrong directory', archive('a').fill(0, 31, 40), 'input-unsupported', /zip archive/],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), 'input-unsupported', /gzip/],
    ['bzip2', 'BZh91AY', 'input-unsupported', /bzip2/],
    ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), 'input-unsupported', /xz/],
    ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]), 'input-unsupported', /zstd/],
    ['pre-0.12 plan', Buffer.from([...Buffer.from('tfplan'), 2, 0xff]), 'input-unsupported', /0\.11 or older/],
    ['Latin-1', Buffer.from('{"a":"na\u00efve"}', 'latin1'), 'input-unreadable', /not text in UTF-8/],
    ['binary', Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'input-unreadable', /not text in UTF-8/],
    ['UTF-16 cut in a character', Buffer.from([0xff, 0xfe, 0x7b]), 'input-unreadable', /middle of a character/],
  ])('%s', async (_, bytes, code, summary) => {
    const path = write(bytes);
    const result = await readInput(path, noStdin);
    expect(result).toMatchObject({ ok: false, diagnostic: { severity: 'error', code, origin: { file: path } } });
    expect(result.ok !== false ? '' : result.diagnostic.summary).toMatch(summary);
  });

  test('a saved plan from standard input, which no other program could read again', async () => {
    expect(await readInput('-', stream(archive('tfplan')))).toMatchObject({
      ok: false,
      diagnostic: { code: 'input-unsupported', summary: expect.stringMatching(/binary form .* from a file only/) },
    });
  });

  test.each([
    ['missing', () => join(directory, 'none'), 'input-not-found', /no such file/],
    ['below a file', () => join(write('x'), 'none'), 'input-not-found', /no such file/],
  ])('%s', async (_, path, code, summary) => {
    const result = await readInput(path(), noStdin);
    expect(result).toMatchObject({ ok: false, diagnostic: { code } });
    expect(result.ok !== false ? '' : result.diagnostic.summary).toMatch(summary);
  });

  test('too large, by its size or while it comes', async () => {
    const limits = { maxBytes: 2_000_000 };
    const path = write(' '.repeat(2_000_001), 'large');
    for (const result of [
      await readInput(path, noStdin, limits),
      await readInput('-', stream(' '.repeat(2_000_001)), limits),
    ]) {
      expect(result).toMatchObject({ ok: false, diagnostic: { code: 'input-too-large' } });
      expect(result.ok !== false ? '' : result.diagnostic.summary).toContain('larger than 2 MB');
    }
  });

  test('standard input that is empty, or fails', async () => {
    const failing = async function* () {
      yield 'x';
      throw Object.assign(new Error('canary'), { code: 'EIO' });
    };
    expect(await readInput('-', stream())).toMatchObject({ diagnostic: { code: 'input-empty' } });
    expect(await readInput('-', failing)).toMatchObject({
      diagnostic: { code: 'input-unreadable', summary: 'The file cannot be read (EIO).' },
    });
  });
});
