import type { Diagnostic } from '../model/diagnostic.ts';
import type { Given } from '../model/value.ts';
import type { InlineWaivers } from '../model/waiver.ts';
import type { InstanceKey } from './address.ts';
import type { Dependencies } from './dependencies.ts';
import type { Hole, Place, Symbolic } from './hcl/symbolic.ts';
import type { Json, JsonObject } from './json.ts';

export type { SourceInput } from '../model/source.ts';

/**
 * The seam between a configuration's text and the graph. Types only: a run without source loads no parser. What reads
 * the text is `hcl/load.ts`.
 */

/** What adapters know of a provider's own rules, and the evaluator asks for: it knows none. */
export type ProviderKnowledge = {
  /**
   * The pieces that an attribute is made of where the provider has a fixed form for it: an ARN. A piece that only apply
   * tells is one of the resource's own, `arn[6]`. Null for every other attribute.
   */
  readonly structureOf: (type: string, attribute: string, resource: string) => readonly (string | Hole)[] | null;
  /**
   * An attribute of a data source that follows from its arguments and from where its provider is; undefined for every
   * other one, which stays a reference.
   */
  readonly derive: (
    type: string,
    name: string,
    provider: { readonly region: string | undefined; readonly account: string | undefined },
    argument: (name: string) => Symbolic,
  ) => Symbolic | undefined;
  /** Whether the provider fills an argument, or block, that is not written: asked where no plan tells. */
  readonly computes: (mode: 'managed' | 'data', type: string, name: string) => boolean;
  /** Whether a resource changes what others are by being there: it points at them, and they do not refer to it. */
  readonly changesOthers: (mode: 'managed' | 'data', type: string) => boolean;
  /** Whether what reads such a resource weighs that it may not be there: then its text stays as it is. */
  readonly weighsDoubt: (type: string) => boolean;
  /** Whether nothing is changed by such a resource but what it belongs to. */
  readonly changesItsOwn: (type: string) => boolean;
  /** Whether an argument says what such a resource belongs to. */
  readonly pointsWith: (argument: string) => boolean;
};

/** A configuration that was read and parsed. */
export type Source = {
  readonly label: string;
  /** Syntax errors, and what the limits left out. */
  readonly diagnostics: readonly Diagnostic[];
  /** Resource and data blocks by `data?.type.name` with their modules' paths without keys: for the match with a plan. */
  readonly addresses: ReadonlySet<string>;
  /**
   * Evaluates it; with what a plan knows, or alone. `prefix` goes before the address of each resource that something
   * refers to: `@1/` for the first input of the context, whose resources may have the addresses of those judged.
   */
  readonly evaluate: (plan: PlannedValues | null, prefix?: string) => EvaluatedSource;
  /** The exceptions to policies that stand in its comments. */
  readonly waivers: () => InlineWaivers;
  /** The addresses that its `moved` blocks say that something had before, the latest first. */
  readonly previousAddresses: (address: string) => readonly string[];
  /** Whether the provider fills an argument, or block, that is not written: asked where no plan tells. */
  readonly computes: ProviderKnowledge['computes'];
  /** The lines of a file, for excerpts. Undefined where the file is none of this configuration's. */
  readonly textOf: (path: string) => string | undefined;
};

/** Which resource instance is meant. */
export type ResourceLocation = {
  /** Address of the module instance; empty for the root. */
  readonly module: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key: InstanceKey | null;
};

/** What a plan knows of the values: it wins over the text. */
export type PlannedValues = {
  /** Values of the root's variables by name, `{value: …}` as plan JSON has them. */
  readonly variables: JsonObject;
  readonly resource: (location: ResourceLocation) => PlannedResource | undefined;
  /** The keys of a resource's instances; undefined where the plan does not list the resource. */
  readonly keys: (location: Omit<ResourceLocation, 'key'>) => readonly (InstanceKey | null)[] | undefined;
  /** The keys of a module's instances. */
  readonly moduleKeys: (module: string, call: string) => readonly (InstanceKey | null)[] | undefined;
};

export type PlannedResource = {
  readonly values: JsonObject;
  /** As `after_unknown`. */
  readonly unknown: Json;
  readonly sensitive: Json;
};

export type EvaluatedSource = {
  /** The body of a resource's block for one instance; undefined where the text has no such block. */
  readonly body: (location: ResourceLocation) => SourceBody | undefined;
  /** Every instance that the text makes. Without a plan only. */
  readonly resources: () => readonly SourceResource[];
  /** What is called and cannot be read. Without a plan only. */
  readonly unread: () => Unread;
  /** An argument of the provider that a resource uses. */
  readonly providerArgument: (location: ResourceLocation, name: string) => Symbolic | undefined;
  /** What Terraform has done before it begins with a resource. */
  readonly dependencies: (location: ResourceLocation) => Dependencies;
  /** Outputs of the root module as plan JSON's `planned_values` has them. */
  readonly outputs: () => JsonObject;
  readonly diagnostics: () => readonly Diagnostic[];
};

/** What a text leaves out. */
export type Unread = {
  readonly modules: readonly UnreadModule[];
  /** True where there are more instances of modules than anybody plans, and some are passed over. */
  readonly more: boolean;
};

/** A module whose directory is not there: that of a registry before `terraform init`, or of a path that leads nowhere. */
export type UnreadModule = {
  /** Without the key of an instance: those of one call are one. */
  readonly address: string;
  /** False where the source is a path in the same repository. */
  readonly fetched: boolean;
  readonly place: Place;
  readonly calls: readonly Place[];
  /** The arguments of the call, for each of its instances. */
  readonly given: readonly { readonly argument: string; readonly value: Symbolic }[];
};

export type SourceResource = ResourceLocation & {
  /** False where `count` or `for_each` is unknown: there may be none, or others. */
  readonly certain: boolean;
  /** Not certain, and it changes others: what it would say decides nothing. */
  readonly isInDoubt: boolean;
  /** As plan JSON's `provider_config_key`: `aws`, `aws.west`, `module.m:aws`. */
  readonly providerKey: string;
  readonly schemaVersion: number | null;
};

/** A block as it comes out for one instance. Everything is computed when it is asked for. */
export type SourceBody = {
  /** The header of the block: `resource "aws_db_proxy" "main"`. */
  readonly place: Place;
  /** Where the module that it is in is called, the nearest first. */
  readonly calls: readonly Place[];
  /** Names of the arguments that are written. */
  readonly names: () => readonly string[];
  /** Undefined where the argument is not written. */
  readonly attribute: (name: string) => SourceAttribute | undefined;
  /** Set where it stands for any number of blocks: those of a `dynamic` block whose elements nobody knows. */
  readonly pattern?: boolean;
  /** The names that an argument lists, unevaluated: `ignore_changes = [tags, auth[0].secret_arn]` is `tags` and `auth`. */
  readonly words: (name: string) => readonly string[];
  /** Nested blocks of one name, `dynamic` ones expanded; also `name = [{…}]`, as attributes and JSON write them. */
  readonly blocks: (name: string) => SourceBlocks;
};

export type SourceAttribute = {
  readonly value: Symbolic;
  readonly place: Place;
  /** Where the value is to be changed, where `place` only hands it on. */
  readonly given?: Given | undefined;
};

export type SourceBlocks = {
  readonly bodies: readonly SourceBody[];
  /** False where a `dynamic` block may make more, or fewer, than these. */
  readonly complete: boolean;
};
