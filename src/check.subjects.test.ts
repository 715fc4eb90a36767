import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { adaptGraph, adaptedTypes } from './adapters/index.ts';
import { analyse, subjectsFor } from './analysis/analyse.ts';
import { type Subject, type SubjectAttribute, subjectKinds } from './model/judgement.ts';
import type { WaiverRule } from './model/waiver.ts';
import { asWritten } from './policy/settings.ts';
import { subjects as vocabularies } from './policy/subjects.ts';
import { waiverSubjects } from './policy/waivers/waiver-subjects.ts';
import { buildGraph } from './terraform/build-graph.ts';
import { documentAt } from './testing/check-file.ts';

const folders = (root: string): readonly string[] =>
  readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [`${root}/${entry.name}`] : []));

// What the scenarios have none of stands in the cases of the policies that judge it.
const clientPolicies = [
  'client-network-blocked',
  'proxy-client-port',
  'iam-auth-through-cname',
  'database-user-other-method',
].map((id) => `policies/reachability/${id}/cases`);

const subjects: readonly Subject[] = ['testdata/scenarios', ...clientPolicies].flatMap(folders).flatMap((folder) => {
  const document = documentAt(`${folder}/plan.json`);
  const { model } = adaptGraph(buildGraph([{ ...document, index: 0 }], adaptedTypes));
  return subjectsFor(analyse(model), new Set(subjectKinds));
});

const kindsOf = (attributes: Readonly<Record<string, SubjectAttribute>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(attributes).map(([name, { kind }]) => [name, kind]));

const rule: WaiverRule = {
  kind: 'configuration',
  policy: 'proxy-without-target',
  address: '**',
  user: null,
  reason: 'It is old.',
  expires: '2027-01-01',
  owner: null,
  origin: { file: 'rds-auth-policy.yaml', line: 1 },
};
/** No part of the configuration that is analysed. */
const waivers = waiverSubjects([rule], {
  today: '2026-01-01',
  matched: new Set([rule]),
  known: [],
  run: new Set(),
  subjects: [],
  rules: asWritten,
  isWhole: true,
  hasOtherPlans: false,
});

test.each([...vocabularies])(
  '%s: the analysis provides exactly the attributes that policies may name',
  (kind, vocabulary) => {
    const declared = new Map([...vocabulary].map(([name, attribute]) => [name, attribute.kind]));
    const provided = [...subjects, ...waivers].filter((subject) => subject.kind === kind);
    expect(provided.length).toBeGreaterThan(0);
    for (const subject of provided) expect(kindsOf(subject.attributes)).toEqual(declared);
  },
);
