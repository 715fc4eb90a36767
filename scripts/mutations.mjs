#!/usr/bin/env node
/**
 * Writes testdata/constructs/not-found.md: what the checker does not find when it is taken away from a stack of the
 * constructs, and why. A test holds that the file is what this writes, and that every line has a reason.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { importBundle } from './bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const { judgeMutants, notFoundList, readReasons } = await importBundle(root, 'src/testing/mutation-report.ts');
await writeFile('testdata/constructs/not-found.md', notFoundList(judgeMutants(), readReasons()));
