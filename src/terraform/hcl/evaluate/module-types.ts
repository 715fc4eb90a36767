import type { InstanceKey } from '../../address.ts';
import type { PlannedValues, ProviderKnowledge } from '../../source.ts';
import type { Place, Symbolic } from '../symbolic.ts';
import type { SourceText } from '../syntax.ts';
import type { Budget } from './budget.ts';
import type { ModuleConfig } from './configuration.ts';
import type { FunctionContext } from './functions/index.ts';
import type { Instances } from './instances.ts';
import type { Scope } from './scope.ts';

/** What all modules of one evaluation share. */
export type Evaluation = {
  readonly plan: PlannedValues | null;
  readonly knowledge: ProviderKnowledge | null;
  readonly budget: Budget;
  readonly workspace: string;
  /** What goes before the address of a resource that something refers to. */
  readonly prefix: string;
  /** The configuration that a call of a module leads to; null where its directory is not there. */
  readonly configOf: (caller: Module, call: string) => ModuleConfig | null;
  readonly functionsFor: (directory: string) => FunctionContext;
  /** A directory as `path.module` says it. */
  readonly relativeTo: (directory: string) => string;
};

/** An instance of a module, whose parts are evaluated when they are asked for, once each. */
export type Module = {
  /** Address, empty for the root. */
  readonly path: string;
  /** Names of the calls that lead here, joined by dots, as modules.json has them. */
  readonly callPath: string;
  readonly config: ModuleConfig;
  readonly parent: Module | null;
  /** The name of the call in the parent. */
  readonly call: string;
  /** Where the modules from here to the root are called, the nearest first. */
  readonly calls: readonly Place[];
  readonly evaluation: Evaluation;
  readonly instances: (name: string) => Instances | null;
  readonly callInstances: (call: string) => Instances | null;
  readonly child: (call: string, key: InstanceKey | null) => Module | null;
  readonly output: (name: string) => Symbolic;
  /** What a block sees, in the instance with that key. */
  readonly scopeFor: (file: SourceText, names?: ReadonlyMap<string, Symbolic>) => Scope;
};
