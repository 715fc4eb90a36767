import type { DiagnosticCode } from '../../model/diagnostic.ts';

/** Why a file is not analysed: what it is, in one sentence, and what to do or type instead. */
export type Refusal = { readonly code: DiagnosticCode; readonly summary: string; readonly detail: string };

export const planCommands = '  terraform plan -out=tfplan\n  terraform show -json tfplan > plan.json';

export const makePlan = `Save the plan, then let Terraform write it as JSON:\n${planCommands}`;

export const unsupported = (summary: string, detail: string): Refusal => ({
  code: 'input-unsupported',
  summary,
  detail,
});

export const somethingElse = unsupported('This is JSON, and neither a plan nor a state of Terraform.', makePlan);
