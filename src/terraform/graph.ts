import type { InstanceKey } from './address.ts';
import type { Json, JsonObject } from './json.ts';
import type { Faults } from './plan/faults.ts';
import type { EvaluatedSource, SourceBody, UnreadModule } from './source.ts';

/** What the plan does with a resource; `state` stands for resources of a state, or outside the plan's targets. */
export type ResourceAction = 'create' | 'update' | 'replace' | 'no-op' | 'read' | 'forget' | 'state';

/** A module of the configuration section: one for each call, whatever its instances. */
export type ConfigModule = {
  /** As the plan has it, with the resources that nobody wanted. */
  readonly node: JsonObject;
  readonly resources: ReadonlyMap<string, JsonObject>;
  readonly outputs: JsonObject;
  /** Names of its variables that are declared sensitive. */
  readonly sensitiveVariables: ReadonlySet<string>;
  readonly calls: ReadonlyMap<string, ConfigCall>;
};

export type ConfigCall = { readonly node: JsonObject; readonly module: ConfigModule };

/** An instance of a module. */
export type ModuleInstance = {
  /** Address, empty for the root. */
  readonly path: string;
  readonly config: ConfigModule | null;
  readonly parent: ModuleInstance | null;
  /** The name of the call in the parent. */
  readonly call: string;
  readonly key: InstanceKey | null;
};

/** One input: a plan or a state. */
export type GraphDocument = {
  /** 0 for the judged one. */
  readonly index: number;
  readonly path: string;
  readonly judged: boolean;
  /** False for a plan that leaves things out: `-target`, an error on the way, deferred changes. */
  readonly complete: boolean;
  /** True where nobody can say what is left out: a plan that is not complete, a text of too many modules. */
  readonly cut: boolean;
  /** Modules that a text without a plan calls and that are not there. */
  readonly unread: readonly UnreadModule[];
  readonly variables: JsonObject;
  readonly providers: JsonObject;
  /** Outputs of the root module after the plan; one without a value is known after apply. */
  readonly outputs: JsonObject;
  readonly root: ModuleInstance;
  readonly modules: Map<string, ModuleInstance>;
  /** Resource instances by `module path | data?.type.name`. */
  readonly instances: ReadonlyMap<string, readonly GraphResource[]>;
  /** Attributes that hold something else than their adapter reads. */
  readonly faults: Faults;
  /** The configuration text beside it, or alone; null where none was read. */
  readonly source: EvaluatedSource | null;
  /** True where there are no values but those of the text. */
  readonly isSourceAlone: boolean;
  /** Whether the provider fills an argument, or block, that is not written. */
  readonly computes: (mode: 'managed' | 'data', type: string, name: string) => boolean;
};

/** One resource instance or data source in its state after the plan. */
export type GraphResource = {
  /** The address, preceded by `@n/` for input n of the context. */
  readonly id: string;
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly key: InstanceKey | null;
  readonly module: ModuleInstance;
  readonly document: GraphDocument;
  readonly action: ResourceAction;
  readonly values: JsonObject;
  /** What it holds now, where the plan changes it in place. */
  readonly before?: JsonObject;
  /** `after_unknown`: `true` leaves, nested like the values. */
  readonly unknown: Json;
  readonly sensitive: Json;
  /** Its node in the configuration section; null where the input has none. */
  readonly config: JsonObject | null;
  /** Its block in the text; null where none was read, or it has none. */
  readonly source: SourceBody | null;
  /** Version of the provider's schema for the type; null where nothing says. */
  readonly schemaVersion: number | null;
  /** The text makes it if `count` or `for_each` does, which nobody can say, and others hang on whether it is there. */
  readonly mayBeMissing?: true;
};

/** Every resource of every input that adapters asked for. */
export type ResourceGraph = {
  readonly documents: readonly GraphDocument[];
  readonly ofType: (type: string, mode?: 'managed' | 'data') => readonly GraphResource[];
  readonly byId: (id: string) => GraphResource | undefined;
};
