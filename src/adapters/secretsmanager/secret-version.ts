import type { SecretVersion } from '../../model/auth-model.ts';
import { type Tri, type Value, absent, known, unknown } from '../../model/value.ts';
import type { GraphResource, ResourceGraph } from '../../terraform/graph.ts';
import { isSensitive } from '../../terraform/hcl/values.ts';
import { isFilled, isObject, parseJson } from '../../terraform/json.ts';
import {
  type View,
  argument,
  attribute,
  booleanArgument,
  isSet,
  isUnknown,
  originOf,
  rawValue,
  structureAt,
  viewOf,
} from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';
import { type SecretContent, contentOfStructure, contentOfWritten, knownLater, markedName } from './secret-content.ts';
import { secretPassword } from './secret-password.ts';

const hiddenContent = (view: View, shape: string): SecretContent => ({
  username: unknown(originOf(view, 'secret_string')),
  holdsCredentials: 'unknown',
  shape,
  hidden: true,
});

/** Reads what the proxy needs from the text and lets go of it: no password leaves this function. */
const contentOf = (view: View): SecretContent => {
  const origin = originOf(view, 'secret_string');
  // Sensitive as it is: the one text that is read all the same, and not kept.
  const text = rawValue(view, 'secret_string');
  if (typeof text === 'string' && text !== '') {
    return isNameMarked(view) ? hiddenContent(view, markedName) : parseContent(text, origin);
  }
  if (isUnknown(view, 'secret_string')) {
    const structure = structureAt(view, 'secret_string');
    const username = argument(view, 'secret_string');
    return structure === null ? knownLater(username) : contentOfStructure(structure, username);
  }
  if (text !== undefined && text !== '') return damaged(origin);
  if (hasNoValue(view)) return { username: absent(origin), holdsCredentials: false, shape: 'no value', hidden: false };
  if (isWriteOnly(view)) return writeOnlyContent(view);
  return hiddenContent(view, 'no secret_string');
};

/** Where the text alone is read, it says that nobody is to see the name. A plan marks all of a secret, and tells no more. */
const isNameMarked = (view: View): boolean => {
  const written = view.resource.document.isSourceAlone ? structureAt(view, 'secret_string') : null;
  const json = written?.kind === 'known' || written?.kind === 'text' ? written.json : undefined;
  const name = json?.kind === 'map' ? json.entries.get('username') : undefined;
  return name !== undefined && isSensitive(name);
};

/** No plan shows what was written, or whether it was written again since: of the text no more is taken than the name. */
const writeOnlyContent = (view: View): SecretContent => {
  const content = hiddenContent(view, 'a write-only value');
  const written = structureAt(view, 'secret_string_wo');
  if (written === null) return content;
  const named = contentOfWritten(written, unknown(originOf(view, 'secret_string_wo')));
  return named.holdsCredentials === true ? { ...content, username: named.username } : content;
};

/** Nothing is written into it, as far as the configuration is in view: AWS refuses to make such a version. */
const hasNoValue = (view: View): boolean =>
  (view.source !== null || view.nodes.length > 0) &&
  !['secret_string', 'secret_binary', 'secret_string_wo'].some((name) => isSet(view, name));

/** Not what the provider's schema has there: nobody can say what is in it. */
const damaged = (origin: SecretVersion['origin']): SecretContent => {
  const shape = 'a value that is not a text';
  return { username: unknown(origin), holdsCredentials: 'unknown', shape, hidden: false };
};

const isWriteOnly = (view: View): boolean =>
  isSet(view, 'secret_string_wo') ||
  booleanArgument(view, 'has_secret_string_wo').kind === 'known' ||
  rawValue(view, 'secret_string_wo_version') !== undefined;

const parseContent = (text: string, origin: SecretVersion['origin']): SecretContent => {
  const json = parseJson(text);
  if (!isObject(json)) {
    return { username: absent(origin), holdsCredentials: false, shape: 'not a JSON object', hidden: false };
  }
  const username = json['username'];
  const missing = ['username', 'password'].filter((key) => !isFilled(json[key]));
  const holds: Tri = missing.length === 0;
  const user: Value<string> =
    typeof username === 'string' && username !== '' ? known(username, origin) : absent(origin);
  const shape = holds ? 'username and password' : `a JSON object without ${missing.join(' and ')}`;
  return { username: user, holdsCredentials: holds, shape, hidden: false };
};

const adaptVersion = (graph: ResourceGraph, resource: GraphResource): SecretVersion => {
  const view = viewOf(resource);
  const secretId = resource.mode === 'data' ? attribute(view, 'secret_id') : argument(view, 'secret_id');
  // What a data source reads is rotated outside this configuration.
  const content = resource.mode === 'data' ? hiddenContent(view, 'a data source') : contentOf(view);
  return { ...entityOf(resource), secretId, ...content, password: secretPassword(graph, view) };
};

/** A version's `arn`, `secret_arn` and `secret_id` are its secret's (fact 8.13); its `id` is not a secret's ARN. */
const aliasPaths = ['arn', 'secret_arn', 'secret_id'] as const;

export const secretVersion: Adapter = {
  types: ['aws_secretsmanager_secret_version'],
  adapt: ({ graph }) => {
    const secretVersions = (['managed', 'data'] as const)
      .flatMap((mode) => graph.ofType('aws_secretsmanager_secret_version', mode))
      .map((resource) => adaptVersion(graph, resource));
    const aliases = secretVersions.flatMap((version) =>
      aliasPaths.map((path) => ({ resource: version.id, path, value: version.secretId })),
    );
    return { secretVersions, aliases };
  },
};
