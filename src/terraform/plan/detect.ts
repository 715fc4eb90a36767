import { type Diagnostic, refusal } from '../../model/diagnostic.ts';
import type { InputKind } from '../../model/report.ts';
import { type JsonObject, isObject } from '../json.ts';
import type { Source } from '../source.ts';
import { classifyJson } from './detect-json.ts';
import { refuseText } from './detect-text.ts';
import { type JsonFault, locateJsonFault } from './json-fault.ts';
import { makePlan, somethingElse } from './refusals.ts';

/** A plan or state as `terraform show -json` wrote it, parsed. */
export type DetectedDocument = {
  readonly path: string;
  readonly kind: InputKind;
  readonly json: JsonObject;
  readonly formatVersion: string;
  /** The version of Terraform or OpenTofu; null where the document does not say. */
  readonly terraformVersion: string | null;
  /** Warnings about the document as a whole. */
  readonly diagnostics: readonly Diagnostic[];
  /** The configuration text that it was made from; of a configuration without a plan all there is, and `json` is empty. */
  readonly source?: Source;
};

export type Detection =
  | { readonly ok: true; readonly document: DetectedDocument }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

/**
 * Finds by its content what a text is: a plan, a state, or something else, which is refused with words on what to do.
 * `path` only names the text in diagnostics. Nothing that a diagnostic says is quoted from the text.
 */
export const detectDocument = (text: string, path: string): Detection => {
  const textual = refuseText(text);
  if (textual !== null) return refuse(path, textual);
  const parsed = parse(text);
  if (!parsed.ok) return { ok: false, diagnostic: notJson(path, locateJsonFault(text)) };
  if (!isObject(parsed.json)) return refuse(path, somethingElse);
  const kind = classifyJson(parsed.json);
  if (typeof kind !== 'string') return refuse(path, kind);
  return { ok: true, document: describe(path, kind, parsed.json) };
};

const refuse = (
  path: string,
  { code, summary, detail }: Pick<Diagnostic, 'code' | 'summary' | 'detail'>,
): Detection => ({
  ok: false,
  diagnostic: refusal(path, code, summary, detail),
});

const parse = (text: string): { readonly ok: true; readonly json: unknown } | { readonly ok: false } => {
  try {
    return { ok: true, json: JSON.parse(withoutMark(text)) };
  } catch {
    return { ok: false };
  }
};

const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

const faults: Readonly<Record<JsonFault['kind'], readonly [summary: string, detail: string]>> = {
  truncated: [
    'This JSON ends in the middle',
    'The command that wrote the file may have been stopped, or the disk may be full. Make the file again.',
  ],
  trailing: [
    'The JSON is complete, and more text follows it',
    `The file must hold nothing but the output of Terraform. A wrapper script or a log may have added lines. ${makePlan}`,
  ],
  syntax: ['This is not valid JSON', `Give the file exactly as Terraform wrote it. ${makePlan}`],
};

const notJson = (path: string, { kind, line, column }: JsonFault): Diagnostic => {
  const [summary, detail] = faults[kind];
  const diagnostic = refusal(path, 'input-unreadable', `${summary} (line ${line}, column ${column}).`, detail);
  return { ...diagnostic, origin: { file: path, line, column } };
};

const describe = (path: string, kind: InputKind, json: JsonObject): DetectedDocument => {
  const terraform = json['terraform_version'];
  return {
    path,
    kind,
    json,
    formatVersion: String(json['format_version']),
    terraformVersion: typeof terraform === 'string' ? terraform : null,
    diagnostics: kind === 'plan-json' ? planWarnings(path, json) : [],
  };
};

const planWarnings = (path: string, json: JsonObject): readonly Diagnostic[] => {
  const warnings: Diagnostic[] = [];
  const warn = (code: Diagnostic['code'], summary: string, detail: string): void => {
    warnings.push({ ...refusal(path, code, summary, detail), severity: 'warning' });
  };
  if (json['errored'] === true) {
    const detail = 'Mend the error that terraform plan reports, and judge the new plan.';
    warn(
      'plan-errored',
      'Terraform stopped with an error while it made this plan, so parts of it are missing.',
      detail,
    );
  }
  if (json['complete'] === false) {
    const detail = 'Resources were deferred or left out by -target: plan again without it, or once more after apply.';
    warn('plan-incomplete', 'Terraform says that this plan is not complete, so parts of it are missing.', detail);
  }
  return warnings;
};
