import type { SubjectKind } from '../model/judgement.ts';
import { subjects } from './subjects.ts';

export type NewPolicy = {
  readonly id: string;
  readonly set: string;
  readonly subject: SubjectKind;
  /** Of `policy.schema.json`, for editors, as seen from the folder of the policy; null where it is not at hand. */
  readonly schema: string | null;
};

export type NewFile = { readonly path: string; readonly text: string };

/** The files of a new policy, by their paths in its folder: it loads, and its cases pass, before anything is changed. */
export const newPolicyFiles = (wanted: NewPolicy): readonly NewFile[] => {
  const attribute = firstJudgement(wanted.subject);
  return [
    { path: 'policy.yaml', text: policyText(wanted, attribute) },
    { path: 'cases/fail-example/case.yaml', text: caseText('The mistake that the policy is about', attribute, false) },
    { path: 'cases/pass-example/case.yaml', text: caseText('The same, mended', attribute, true) },
    { path: 'cases/unknown-example/case.yaml', text: caseText('Only apply will tell', attribute, 'unknown') },
  ];
};

/** Every kind of subject has one. */
const firstJudgement = (kind: SubjectKind): string => {
  const attributes = [...(subjects.get(kind) ?? [])];
  return attributes.find(([, { kind: declared }]) => declared === 'judgement')?.[0] ?? '';
};

const policyText = ({ id, set, subject, schema }: NewPolicy, attribute: string): string =>
  `${schema === null ? '' : `# yaml-language-server: $schema=${schema}\n`}id: ${id}
set: ${set}
title: What is wrong, in a few words
subject: ${subject}
severity: medium
# advisory shows, mandatory fails the run.
enforcement: advisory
# True is good, false is a finding. What ${subject} has: docs/model.md.
assert: ${subject}.${attribute}
# What was seen. {{${attribute}}} is the reason of that judgement.
message: "{{${attribute}}}"
remediation: |-
  In {{address}} write:
    argument = "value"
why: >-
  One sentence that says what goes wrong, for whoever reads the finding first.
references:
  - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html
`;

const caseText = (what: string, attribute: string, holds: boolean | 'unknown'): string => `# ${what}.
# Instead of a subject a case can have a plan.json or a main.tf beside this file: docs/testing-policies.md.
subject:
  ${attribute}: ${holds}
`;
