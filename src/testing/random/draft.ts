import type { DocumentStyle } from './documents.ts';
import type { Facts, Mistake } from './facts.ts';
import type { Random } from './random.ts';

/** A configuration that nobody wrote: the same for the same seed. */
export type RandomConfiguration = {
  /** Text by path. */
  readonly files: ReadonlyMap<string, string>;
  readonly mistakes: readonly Mistake[];
  readonly style: Style;
  /** Ways in which its documents are written. */
  readonly documents: readonly DocumentStyle[];
};

export const styleChoices = {
  secrets: ['plain', 'for-each', 'for-each-set', 'count', 'module'],
  auth: ['static', 'dynamic-map', 'dynamic-list', 'dynamic-local', 'dynamic-filter'],
  proxyIn: ['flat', 'count', 'for-each', 'module', 'module-count', 'module-for-each'],
  databaseIn: ['flat', 'flat', 'count', 'module'],
  wrap: ['none', 'none', 'module', 'module-for-each', 'module-count', 'two-modules', 'two-calls'],
  idiom: ['element', 'index', 'regex', 'reverse', 'one', 'trim'],
  scope: ['literal', 'local', 'data', 'format', 'join', 'variable'],
  attach: ['inline', 'managed', 'managed-for-each', 'policy-attachment', 'module'],
  via: ['direct', 'local', 'local-arn'],
  rules: ['vpc', 'vpc-for-each', 'rule', 'inline'],
} as const;

export type Style = { readonly [Name in keyof typeof styleChoices]: (typeof styleChoices)[Name][number] } & {
  readonly aliased: boolean;
  readonly innerCount: boolean;
};

export type Draft = {
  readonly facts: Facts;
  readonly style: Style;
  readonly random: Random;
  /** What stands in the module that all is in. */
  readonly body: string[];
  /** Modules by name. */
  readonly modules: Map<string, readonly string[]>;
  readonly documents: DocumentStyle[];
};

export const styleOf = (random: Random): Style => {
  const picked = Object.fromEntries(Object.entries(styleChoices).map(([name, values]) => [name, random.pick(values)]));
  return { ...picked, aliased: random.chance(0.2), innerCount: random.chance(0.4) } as Style;
};

export const isAurora = ({ facts }: Draft): boolean => facts.engine.startsWith('aurora');
export const moduleSource = ({ style }: Draft, name: string): string =>
  style.wrap === 'none' ? `./modules/${name}` : `../${name}`;
