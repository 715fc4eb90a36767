import type { AuthModel, Database, SecurityGroupRule } from '../model/auth-model.ts';
import { type Value, known, literal } from '../model/value.ts';
import { defaultPort } from './engines.ts';
import { type Aliases, canonicalId } from './join.ts';

/** The port on which a database listens; undefined where it is known after apply. */
export const portOf = (database: Database): number | undefined => {
  const engine = literal(database.engine);
  if (database.port.kind === 'known') return database.port.value;
  return database.port.kind === 'absent' && engine !== undefined ? defaultPort(engine) : undefined;
};

/** Rules that take their ports from a database (`from_port = aws_db_instance.main.port`) have its port. */
export const withPortsOfDatabases = (model: AuthModel, aliases: Aliases): AuthModel => {
  const ports = new Map(model.databases.map((database) => [database.id, portOf(database)]));
  const resolve = (value: Value<number>): Value<number> => {
    const [part, more] = value.kind === 'unknown' ? (value.template ?? []) : [];
    const isPort = typeof part === 'object' && 'path' in part && part.path === 'port' && part.oneOf !== true;
    if (!isPort || more !== undefined) return value;
    const port = ports.get(canonicalId(part.resource, aliases));
    return port === undefined ? value : known(port, value.origin);
  };
  const resolved = (rule: SecurityGroupRule): SecurityGroupRule => ({
    ...rule,
    fromPort: resolve(rule.fromPort),
    toPort: resolve(rule.toPort),
  });
  return {
    ...model,
    securityGroups: model.securityGroups.map((group) => ({ ...group, rules: group.rules.map(resolved) })),
    standaloneRules: model.standaloneRules.map((one) => ({ ...one, rule: resolved(one.rule) })),
  };
};
