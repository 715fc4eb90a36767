import type {
  AssumedLeg,
  ConfigurationPlace,
  ConfigurationRule,
  DeclaredUser,
  Named,
  OutputDefaults,
  PolicyConfiguration,
  Selector,
} from '../../model/configuration.ts';
import type { WaiverRule } from '../../model/waiver.ts';
import type { PolicyDocument } from '../loading/parse-yaml.ts';
import type { ConfigurationFile } from './configuration-file.ts';
import { type Way, offsetAt } from './places.ts';
import type {
  OneOrMore,
  WrittenAssumption,
  WrittenConfiguration,
  WrittenOutput,
  WrittenRule,
  WrittenSelector,
  WrittenUser,
  WrittenWaiver,
} from './written.ts';

type PlaceOf = (...way: Way) => ConfigurationPlace;

/** What a file without faults says, with the places of what may still turn out to be wrong. */
export const assembleConfiguration = (
  written: WrittenConfiguration,
  document: PolicyDocument,
  { path, hash, ignoreTree }: ConfigurationFile,
): PolicyConfiguration => {
  const at: PlaceOf = (...way) => {
    const { line, col } = document.locate(offsetAt(document, way));
    return { file: path, line, column: col };
  };
  const { sets, rules, waivers, context, users, assume, policies, output } = written;
  return {
    path,
    hash: hash ?? null,
    ignoreTree: ignoreTree === true,
    sets: sets === undefined ? null : named(sets, at, 'sets'),
    rules: (rules ?? []).map((rule, index) => ruleOf(rule, at, index)),
    waivers: (waivers ?? []).map((waiver, index) => waiverOf(waiver, at('waivers', index))),
    context: named(context, at, 'context'),
    users: (users ?? []).map((user, index) => userOf(user, at('users', index))),
    assume: (assume ?? []).map((leg, index) => assumedOf(leg, at('assume', index))),
    policies: named(policies, at, 'policies'),
    output: outputOf(output ?? {}, at),
  };
};

/** One text, or each of a list. */
const named = (names: OneOrMore | undefined, at: PlaceOf, ...way: Way): readonly Named[] => {
  if (typeof names === 'string') return [{ name: names, place: at(...way) }];
  return (names ?? []).map((name, index) => ({ name, place: at(...way, index) }));
};

const list = (texts: OneOrMore): readonly string[] => (typeof texts === 'string' ? [texts] : texts);

const listOrNull = (texts: OneOrMore | undefined): readonly string[] | null =>
  texts === undefined ? null : list(texts);

const ruleOf = (rule: WrittenRule, at: PlaceOf, index: number): ConfigurationRule => {
  const { policy, enforcement, severity, parameters = {}, select } = rule;
  const values = Object.entries(parameters).map(([name, value]) => {
    const place = at('rules', index, 'parameters', name);
    return [name, { value, place }] as const;
  });
  return {
    policies: named(policy, at, 'rules', index, 'policy'),
    ...(enforcement === undefined ? {} : { enforcement }),
    ...(severity === undefined ? {} : { severity }),
    parameters: new Map(values),
    select: select === undefined ? null : selectorOf(select, at, index),
    place: at('rules', index),
  };
};

const selectorOf = (
  { address, module, tags, engine, workspace }: WrittenSelector,
  at: PlaceOf,
  index: number,
): Selector => ({
  address: listOrNull(address),
  module: listOrNull(module),
  tags: new Map(Object.entries(tags ?? {}).map(([key, values]) => [key, list(values)])),
  engine: engine === undefined ? null : named(engine, at, 'rules', index, 'select', 'engine'),
  workspace: listOrNull(workspace),
});

const waiverOf = (waiver: WrittenWaiver, origin: ConfigurationPlace): WaiverRule => {
  const { policy, address, user = null, reason, expires, owner = null } = waiver;
  return { kind: 'configuration', policy, address, user, reason, expires, owner, origin };
};

const userOf = (user: WrittenUser, place: ConfigurationPlace): DeclaredUser => {
  const { name, database = null, method } = user;
  return { name, database, method, place };
};

const assumedOf = (assumed: WrittenAssumption, place: ConfigurationPlace): AssumedLeg => {
  const { leg, path = null, database = null, proxy = null, principal = null, user = null, reason } = assumed;
  return { leg, path, database, proxy, principal, user, reason, place };
};

const outputOf = ({ format, files = {}, ...rest }: WrittenOutput, at: PlaceOf): OutputDefaults => ({
  ...rest,
  ...(format === undefined ? {} : { format: { name: format, place: at('output', 'format') } }),
  files: Object.entries(files).map(([key, name]) => ({
    format: key,
    file: { name, place: at('output', 'files', key) },
  })),
});
