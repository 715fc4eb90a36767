import type { Diagnostic } from '../../../model/diagnostic.ts';
import type { InstanceKey } from '../../address.ts';
import { parseTraversal, resourceTypeOf } from '../../address.ts';
import type { JsonObject } from '../../json.ts';
import type {
  EvaluatedSource,
  PlannedValues,
  ProviderKnowledge,
  ResourceLocation,
  SourceInput,
  SourceResource,
  Unread,
} from '../../source.ts';
import { writtenDependencies } from '../dependencies.ts';
import { parseTemplate } from '../parse/parse.ts';
import type { Symbolic } from '../symbolic.ts';
import { undeclaredIn } from '../undeclared.ts';
import { isSensitive, lost, originsOf, toJson } from '../values.ts';
import { newBudget } from './budget.ts';
import { belowDirectory, joinDirectory } from './directory.ts';
import { evaluate } from './evaluate.ts';
import type { FunctionContext } from './functions/index.ts';
import { inDoubt } from './in-doubt.ts';
import { makeModule } from './module.ts';
import type { Evaluation, Module } from './module-types.ts';
import type { Modules } from './modules.ts';
import { providerOf } from './provider.ts';
import { bodyFor } from './resource.ts';
import { rootVariables } from './root-variables.ts';
import { schemaVersionOf } from './schema-version.ts';
import { unreadModule } from './unread-modules.ts';

/** Evaluates a configuration, with what a plan knows or alone. */
export const evaluateSource = (
  input: SourceInput,
  modules: Modules,
  plan: PlannedValues | null,
  knowledge: ProviderKnowledge,
  prefix: string,
): EvaluatedSource => {
  const evaluation = newEvaluation(input, modules, plan, knowledge, prefix);
  const root = rootModule(input, modules, evaluation);
  let found: Found | undefined;
  const all = (): Found => {
    found ??= root === null ? nothingFound : resourcesOf(root.module, schemaVersionOf(input, modules));
    return found;
  };
  let doubtful: readonly SourceResource[] | undefined;
  const isInDoubt = (location: ResourceLocation): boolean => {
    doubtful ??= all().resources.filter((resource) => resource.isInDoubt);
    return doubtful.some((resource) => isAt(resource, location));
  };
  const dependencies = writtenDependencies(modules);
  const at = (path: string): Module | null => (root === null ? null : moduleAt(root.module, path));
  return {
    body: (location) => {
      const module = at(location.module);
      const body = module === null ? undefined : bodyFor(module, nameOf(location), location.key);
      const isPlain = body === undefined || plan !== null || knowledge.weighsDoubt(location.type);
      return isPlain || !isInDoubt(location) ? body : inDoubt(body, knowledge.pointsWith);
    },
    resources: () => all().resources,
    unread: () => ({ modules: all().unread, more: all().more }),
    providerArgument: (location, name) => {
      const module = at(location.module);
      const block = module?.config.resources.get(nameOf(location));
      return module === null || block === undefined ? undefined : providerOf(module, block).argument(name);
    },
    dependencies: (location) => dependencies({ module: location.module, name: nameOf(location) }),
    outputs: () => (root === null ? {} : outputsOf(root.module)),
    diagnostics: () => [...(root?.diagnostics ?? []), ...(plan === null ? undeclaredIn(modules) : [])],
  };
};

const isAt = (resource: SourceResource, { module, mode, type, name, key }: ResourceLocation): boolean =>
  resource.module === module &&
  resource.mode === mode &&
  resource.type === type &&
  resource.name === name &&
  resource.key === key;

const nameOf = ({ mode, type, name }: Pick<ResourceLocation, 'mode' | 'type' | 'name'>): string =>
  `${mode === 'data' ? 'data.' : ''}${type}.${name}`;

const newEvaluation = (
  input: SourceInput,
  modules: Modules,
  plan: PlannedValues | null,
  knowledge: ProviderKnowledge,
  prefix: string,
): Evaluation => {
  const budget = newBudget();
  const contexts = new Map<string, FunctionContext>();
  const evaluation: Evaluation = {
    plan,
    knowledge,
    budget,
    workspace: input.workspace,
    prefix,
    configOf: (caller, call) => modules.configOf(caller.config, caller.callPath, call),
    relativeTo: (directory) => belowDirectory(input.root, directory),
    functionsFor: (directory) => {
      const before = contexts.get(directory);
      if (before !== undefined) return before;
      const context = functionContext(input, knowledge, budget, directory);
      contexts.set(directory, context);
      return context;
    },
  };
  return evaluation;
};

const functionContext = (
  input: SourceInput,
  knowledge: ProviderKnowledge,
  budget: Evaluation['budget'],
  directory: string,
): FunctionContext => {
  const context: FunctionContext = {
    moduleDirectory: belowDirectory(input.root, directory),
    readText: (path) => input.reader.text(joinDirectory(input.root, path)),
    structureOf: ({ resource, path }) => {
      const type = resourceTypeOf(resource);
      return type === undefined ? null : knowledge.structureOf(type, path, resource);
    },
    evaluateTemplate: (text, path, variables): Symbolic => {
      const { value, faults } = parseTemplate(text);
      if (faults.length > 0) return lost('templatefile()');
      const file = { path, text };
      return evaluate(value, { lookup: (name) => variables.get(name), functions: context, file, budget });
    },
  };
  return context;
};

const rootModule = (
  input: SourceInput,
  modules: Modules,
  evaluation: Evaluation,
): { readonly module: Module; readonly diagnostics: readonly Diagnostic[] } | null => {
  const config = modules.root;
  if (config === null) return null;
  const { value, diagnostics } = rootVariables(input, config, evaluation);
  const place = { path: '', callPath: '', config, parent: null, call: '', calls: [], evaluation };
  return { module: makeModule(place, value), diagnostics };
};

/** The instance at an address such as `module.a["x"].module.b`. */
const moduleAt = (root: Module, path: string): Module | null => {
  let module: Module | null = root;
  const steps = path === '' ? [] : parseTraversal(path);
  for (let i = 0; i < steps.length && module !== null; i += 2) {
    const name = steps[i + 1];
    const index = steps[i + 2];
    const key: InstanceKey | null = index !== undefined && 'index' in index ? index.index : null;
    if (key !== null) i += 1;
    module = module.child(name !== undefined && 'name' in name ? name.name : '', key);
  }
  return module;
};

/** Resources, and the modules of which nobody can say what they make. */
type Found = {
  readonly resources: readonly SourceResource[];
  readonly unread: Unread['modules'];
  readonly more: boolean;
};

const nothingFound: Found = { resources: [], unread: [], more: false };

/** `open`: the innermost module around of which nobody can say how many there are; null where there is none. */
const resourcesOf = (
  module: Module,
  schemaVersion: (type: string) => number | null,
  open: string | null = null,
): Found => {
  const own = ownResources(module, schemaVersion, open);
  const inner = [...module.config.calls.keys()].flatMap((call) => {
    const instances = module.callInstances(call);
    return [...(instances?.values.keys() ?? [])].map((key) => {
      const child = module.child(call, key);
      if (child !== null) return resourcesOf(child, schemaVersion, instances?.open === undefined ? open : child.path);
      const unread = unreadModule(module, call, key);
      return unread === null ? { ...nothingFound, more: true } : { ...nothingFound, unread: [unread] };
    });
  });
  return {
    resources: [...own, ...inner.flatMap(({ resources }) => resources)],
    unread: inner.flatMap(({ unread }) => unread),
    more: inner.some(({ more }) => more),
  };
};

const ownResources = (
  module: Module,
  schemaVersion: (type: string) => number | null,
  open: string | null,
): readonly SourceResource[] =>
  [...module.config.resources].flatMap(([name, block]) => {
    const instances = module.instances(name);
    const [type = '', label = ''] = block.labels;
    const mode = block.type === 'data' ? ('data' as const) : ('managed' as const);
    const isOpen = instances?.open !== undefined;
    const changes = (isOpen || open !== null) && module.evaluation.knowledge?.changesOthers(mode, type) === true;
    return [...(instances?.values.keys() ?? [])].map((key) => ({
      module: module.path,
      mode,
      type,
      name: label,
      key,
      certain: open === null && !isOpen,
      isInDoubt: changes && (isOpen || !belongsWithin(module, name, key, open)),
      providerKey: providerOf(module, block).key,
      schemaVersion: mode === 'managed' ? schemaVersion(type) : null,
    }));
  });

/** A resource and what it belongs to, both made by one instance of a module: neither is there without the other. */
const belongsWithin = (module: Module, name: string, key: InstanceKey | null, open: string | null): boolean => {
  const { knowledge, prefix } = module.evaluation;
  const body = bodyFor(module, name, key);
  const type = module.config.resources.get(name)?.labels[0] ?? '';
  if (body === undefined || knowledge === null || !knowledge.changesItsOwn(type)) return false;
  const owners = body.names().filter((argument) => knowledge.pointsWith(argument));
  return (
    owners.length > 0 && owners.every((argument) => isMadeIn(body.attribute(argument)?.value, `${prefix}${open}.`))
  );
};

const isMadeIn = (value: Symbolic | undefined, module: string): boolean => {
  if (value === undefined) return false;
  // What a name that is known was made from may be the beginning of another's.
  const isKnown = value.kind === 'known' && value.exactly !== undefined;
  const { references, trailEnds } = isKnown ? { references: [value.exactly], trailEnds: [] } : originsOf(value);
  return (
    references.length > 0 && trailEnds.length === 0 && references.every(({ resource }) => resource.startsWith(module))
  );
};

/** As `planned_values.outputs`: one without a value is known after apply. */
const outputsOf = (module: Module): JsonObject => {
  const outputs = [...module.config.outputs.keys()].map((name) => {
    const value = module.output(name);
    const json = toJson(value);
    return [name, { sensitive: isSensitive(value), ...(json === undefined ? {} : { value: json }) }] as const;
  });
  return Object.fromEntries(outputs);
};
