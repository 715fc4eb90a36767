import type { LegName, Path } from '../../model/connection.ts';
import type { Enforcement, ParameterValue, Severity } from '../../model/policy.ts';

/** The file as its schema has it. */
export type WrittenConfiguration = {
  readonly sets?: readonly string[];
  readonly rules?: readonly WrittenRule[];
  readonly waivers?: readonly WrittenWaiver[];
  readonly context?: readonly string[];
  readonly users?: readonly WrittenUser[];
  readonly assume?: readonly WrittenAssumption[];
  readonly policies?: readonly string[];
  readonly output?: WrittenOutput;
};

export type OneOrMore = string | readonly string[];

export type WrittenRule = {
  readonly policy: OneOrMore;
  readonly enforcement?: Enforcement | 'off';
  readonly severity?: Severity;
  readonly parameters?: { readonly [name: string]: ParameterValue };
  readonly select?: WrittenSelector;
};

export type WrittenSelector = {
  readonly address?: OneOrMore;
  readonly module?: OneOrMore;
  readonly tags?: { readonly [key: string]: OneOrMore };
  readonly engine?: OneOrMore;
  readonly workspace?: OneOrMore;
};

export type WrittenWaiver = {
  readonly policy: string;
  readonly address: string;
  readonly user?: string;
  readonly reason: string;
  readonly expires: string;
  readonly owner?: string;
};

export type WrittenUser = { readonly name: string; readonly database?: string; readonly method: 'iam' | 'password' };

export type WrittenAssumption = {
  readonly leg: LegName;
  readonly path?: Path;
  readonly database?: string;
  readonly proxy?: string;
  readonly principal?: string;
  readonly user?: string;
  readonly reason: string;
};

export type WrittenOutput = {
  readonly format?: string;
  readonly files?: { readonly [format: string]: string };
  readonly unknown?: 'report' | 'fail';
  readonly verbose?: boolean;
  readonly quiet?: boolean;
};
