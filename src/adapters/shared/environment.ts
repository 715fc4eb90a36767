import type { Client } from '../../model/auth-model.ts';
import { type Origin, type Reference, type Unknown, type Value, known, literal, unknown } from '../../model/value.ts';
import type { ResourceGraph } from '../../terraform/graph.ts';
import { parseJson } from '../../terraform/json.ts';
import { argument, attribute, viewOf } from '../../terraform/values.ts';

/** What an environment tells of the database. */
export type Told = Pick<Client, 'hosts' | 'ports'>;

/** A variable; its name is null where it is one of several that nobody can see. */
export type Setting = { readonly name: string | null; readonly value: Value<string> };

/** Variables that nobody can see. */
export const hiddenSetting = (origin: Origin): Setting => ({ name: null, value: unknown(origin) });

/** The types whose names count as hosts, which the reader must keep. */
export const hostTypes: readonly string[] = ['aws_route53_record'];

/** Names of DNS records in view. One without a dot lacks its zone, and might be any word. */
export const dnsNames = (graph: ResourceGraph): ReadonlySet<string> =>
  new Set(
    graph
      .ofType('aws_route53_record')
      .flatMap((record) => [argument(viewOf(record), 'name'), attribute(viewOf(record), 'fqdn')])
      .flatMap((name) => literal(name) ?? [])
      .map(plainName)
      .filter((name) => name.includes('.')),
  );

const plainName = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/**
 * Reads hosts and ports, and nothing else: anything else may be a password. Of what is unknown only references to
 * something that has a host name are kept.
 */
export const readSettings = (settings: readonly Setting[], names: ReadonlySet<string>, origin: Origin): Told => {
  const places = settings.flatMap(({ value }) => placesIn(value, names));
  const open = settings.flatMap(({ name, value }) => (value.kind === 'unknown' ? [{ name, value }] : []));
  return {
    hosts: {
      items: distinct([
        ...places.flatMap(({ host }) => host ?? []),
        ...open.flatMap(({ value }) => unknownHosts(value, origin)),
      ]),
      complete: open.every(isFollowed) && !settings.some(({ value }) => namesStore(value)),
      origin,
    },
    ports: distinct([
      ...places.flatMap(({ port }) => port ?? []),
      ...settings.flatMap(knownPort),
      ...open.flatMap((setting) => unknownPort(setting, origin)),
    ]),
  };
};

type OpenSetting = { readonly name: string | null; readonly value: Unknown };

/** Where a whole environment is unknown, the plan keeps its references, and not the texts in it. */
const isFollowed = ({ name, value }: OpenSetting): boolean =>
  name !== null && value.references.length > 0 && value.trailEnds.length === 0;

/** A client may read a host from where such a variable points to, which says nothing of what is there. */
const namesStore = (value: Value<string>): boolean => {
  if (value.kind === 'known') return /^arn:[^:]*:(?:secretsmanager|ssm):/.test(value.value);
  return value.kind === 'unknown' && value.references.some(({ resource }) => storePattern.test(resource));
};

const storePattern =
  /(?:^|[./])(?:aws_secretsmanager_secret(?:_version)?|aws_ssm_parameter|terraform_data|terraform_remote_state)\./;

/** The host is null where it is a reference, which is followed with all the others. */
type Place = { readonly host: Value<string> | null; readonly port: Value<number> | null };

/** In China the region comes after the service. The host of the certificates is none of a database. */
const rdsHost =
  /^(?!truststore\.)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.rds\.(?:amazonaws\.com|amazonaws\.com\.cn|cn-[a-z]+-\d\.amazonaws\.com\.cn)$/;

const placesIn = (value: Value<string>, names: ReadonlySet<string>): readonly Place[] => {
  const written = literal(value) ?? withHoles(value);
  return textsIn(written)
    .flatMap(authoritiesIn)
    .flatMap((authority): readonly Place[] => {
      const [, text = '', digits = ''] = /^([\w.-]+|\ue001)(?::(\d{1,5}|[\ue000\ue001]))?$/.exec(authority) ?? [];
      const host = plainName(text);
      if (host === hostHole) return [{ host: null, port: portOf(digits, value.origin) }];
      if (!rdsHost.test(host) && !names.has(host)) return [];
      return [{ host: known(host, value.origin), port: portOf(digits, value.origin) }];
    });
};

const hole = '\ue000';
const hostHole = '\ue001';

/** Of a text with unknown parts, what is known of it. */
const withHoles = (value: Value<string>): string =>
  value.kind === 'unknown'
    ? (value.template ?? [])
        .map((part) => (typeof part === 'string' ? part : 'path' in part && isHost(part) ? hostHole : hole))
        .join('')
    : '';

/** The texts in a JSON document, of which a plan before it is made keeps the references; of any other text itself. */
const textsIn = (text: string): readonly string[] => {
  if (!/^\s*[[{]/.test(text)) return [text];
  const texts: string[] = [];
  const open: unknown[] = [parseJson(text)];
  // A list of what is still to be looked into: a call for each level would be as deep as the document.
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value === 'string') texts.push(value);
    else for (const part of partsOf(value).reverse()) open.push(part);
  }
  return texts;
};

const partsOf = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : [];

/** `scheme://user:password@host:port,host:port/…`, `user:password@tcp(host:port)/…`, or the bare `host:port`. */
const authoritiesIn = (text: string): readonly string[] => {
  const inUrl = /^[a-z][a-z0-9+.:-]*:\/\/([^/?#;]*)/i.exec(text)?.[1] ?? /@tcp\(([^()]*)\)\//.exec(text)?.[1];
  return inUrl === undefined ? [text] : inUrl.slice(inUrl.lastIndexOf('@') + 1).split(',');
};

const portOf = (digits: string, origin: Origin): Value<number> | null => {
  const port = Number(digits);
  return /^\d{1,5}$/.test(digits) && port > 0 && port < 65_536 ? known(port, origin) : null;
};

const isPortName = (name: string | null): boolean => name !== null && /(?:^|_)PORT$/i.test(name);

const knownPort = ({ name, value }: Setting): readonly Value<number>[] => {
  const port = isPortName(name) ? portOf(literal(value) ?? '', value.origin) : null;
  return port === null ? [] : [port];
};

const hostType =
  /(?:^|[./])aws_(db_instance|db_proxy|db_proxy_endpoint|rds_cluster|rds_cluster_endpoint|rds_cluster_instance|rds_global_cluster|route53_record)\.[\w-]+(?:\[.*\])?$/;

const isPort = ({ resource, path }: Reference): boolean => hostType.test(resource) && path === 'port';

/** Who is told only the identifier, or the ARN, administers a database and does not log in to it. */
const isHost = ({ resource, path }: Reference): boolean => {
  const type = hostType.exec(resource)?.[1];
  if (type === 'route53_record') return path === '' || path === 'fqdn' || path === 'name';
  return type !== undefined && /^$|(?:^|\.)(?:address|endpoint|reader_endpoint)$/.test(path);
};

/** Which of the variables of a map refers to what is not in the plan. */
const unknownHosts = ({ references }: Unknown, origin: Origin): readonly Value<string>[] =>
  references.filter(isHost).map((reference) => unknown(origin, [reference]));

const unknownPort = ({ name, value }: OpenSetting, origin: Origin): readonly Value<number>[] => {
  const references = value.references.filter(isPort);
  if (isPortName(name)) return [unknown(value.origin, references, value.trailEnds)];
  return references.length === 0 ? [] : [unknown(origin, references)];
};

/** Each host and port once; of two that are the same, the first. */
const distinct = <T>(values: readonly Value<T>[]): readonly Value<T>[] => {
  const found = new Map<string, Value<T>>();
  for (const value of values) if (!found.has(keyOf(value))) found.set(keyOf(value), value);
  return [...found.values()];
};

const keyOf = (value: Value<unknown>): string =>
  value.kind === 'unknown' ? JSON.stringify([value.references, value.trailEnds]) : `=${String(literal(value))}`;
