import type { PasswordSource } from '../../model/auth-model.ts';
import { type Value, absent } from '../../model/value.ts';
import type { ResourceGraph } from '../../terraform/graph.ts';
import type { Symbolic } from '../../terraform/hcl/symbolic.ts';
import { originsOf } from '../../terraform/hcl/values.ts';
import { isObject, parseJson } from '../../terraform/json.ts';
import type { Origins } from '../../terraform/origins.ts';
import { type View, isUnknown, originOf, rawValue, structureAt } from '../../terraform/values.ts';
import { readJsonText } from '../shared/document-text.ts';
import { originsAt, sourceOfKnown, sourceOfPart, sourceOfUnknown } from '../shared/password.ts';

const name = 'secret_string';

/** Where the `password` in the JSON of a secret comes from. It is compared, and let go of. */
export const secretPassword = (graph: ResourceGraph, view: View): Value<PasswordSource> => {
  if (view.resource.mode === 'data') return absent(originOf(view, name));
  const raw = rawValue(view, name);
  const part = partOf(structureAt(view, name));
  if (typeof raw === 'string' && raw !== '') {
    const json = parseJson(raw);
    const text = isObject(json) ? json['password'] : undefined;
    if (typeof text !== 'string' || text === '') return absent(originOf(view, name));
    return sourceOfKnown(graph, view, name, { text, origins: part === null ? originsAt(view, name) : originsOf(part) });
  }
  if (!isUnknown(view, name)) return absent(originOf(view, name));
  return part === null
    ? sourceOfUnknown(view, name, withoutFacts(originsAt(view, name)))
    : sourceOfPart(view, name, part);
};

/** What stands beside a password in such a JSON, and is none: where the database is, and who logs in. */
const fact =
  /^(address|arn|cluster_identifier|database_name|db_name|endpoint|engine|id|identifier|port|reader_endpoint|(master_)?username)$/;
const database = /(?:^|\.)aws_(db_instance|rds_cluster|db_proxy)\./;

const withoutFacts = (origins: Origins | null): Origins | null =>
  origins === null
    ? null
    : {
        ...origins,
        references: origins.references.filter(({ resource, path }) => !(database.test(resource) && fact.test(path))),
      };

/** The password in a text of which the source says how it is put together; null where it does not. */
const partOf = (text: Symbolic | null): Symbolic | null => {
  const json = text?.kind === 'known' || text?.kind === 'text' ? (text.json ?? decoded(text)) : undefined;
  return json?.kind === 'map' ? (json.entries.get('password') ?? null) : null;
};

const decoded = (text: Symbolic): Symbolic | undefined => {
  const read = text.kind === 'text' ? readJsonText(text.parts) : undefined;
  return read?.kind === 'value' ? read.value : undefined;
};
