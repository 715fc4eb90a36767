/**
 * Makes the folder of a new policy from a template:
 *
 *   node scripts/new-policy.mjs <set>/<id> [subject]
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const policyTemplate = (set, id, subject) => `# yaml-language-server: $schema=../../../schemas/policy.schema.json
id: ${id}
set: ${set}
title: What is wrong, in a few words
subject: ${subject}
severity: high
enforcement: ${set === 'reachability' ? 'mandatory' : 'advisory'}
# An attribute of the subject: src/policy/subjects.ts lists them. It is true when all is well.
assert: ${subject}.
message: "{{}}"
remediation: |-
  In {{address}} write:
    argument = "value"
why: >-
  One sentence that says what goes wrong, for whoever reads the finding first.
references:
  - https://docs.aws.amazon.com/
`;

/** What each case shows; its plan.json is made by Terraform from main.tf. */
const cases = new Map([
  ['fail-example', '# The smallest configuration that the policy is about.\n'],
  ['pass-example', '# The same, mended as the remediation says.\n'],
  ['unknown-example', '# The same, where the deciding value is known only after apply.\n'],
]);

export async function newPolicy(base, [name = '', subject = 'proxy']) {
  if (!/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/.test(name)) throw new Error('Usage: new-policy.mjs <set>/<id> [subject]');
  const [set, id] = name.split('/');
  const folder = join(base, 'policies', set, id);
  const files = [['policy.yaml', policyTemplate(set, id, subject)]];
  for (const [example, text] of cases) files.push([join('cases', example, 'main.tf'), text]);
  await mkdir(join(base, 'policies', set), { recursive: true });
  await mkdir(folder);
  for (const [path, text] of files) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return files.map(([path]) => join('policies', set, id, path));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    for (const path of await newPolicy(root, process.argv.slice(2))) console.log(`wrote ${path}`);
    console.log('Fill them in, make the plan.json of each case, and run `npm run generate`.');
  } catch (error) {
    console.error(error.code === 'EEXIST' ? 'There is a policy of this name already.' : error.message);
    process.exitCode = 1;
  }
}
