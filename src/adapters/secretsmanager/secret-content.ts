import type { SecretVersion } from '../../model/auth-model.ts';
import { type Origin, type Unknown, type Value, absent, unknown } from '../../model/value.ts';
import { placed } from '../../terraform/from-source.ts';
import type { Symbolic } from '../../terraform/hcl/symbolic.ts';
import { isSensitive, originsOf } from '../../terraform/hcl/values.ts';
import { readJsonText } from '../shared/document-text.ts';
import { textOf, unknownOf } from '../shared/symbolic-text.ts';

/** What a proxy needs of a secret's text. */
export type SecretContent = Pick<SecretVersion, 'username' | 'holdsCredentials' | 'shape' | 'hidden'>;

export const markedName = 'a username that is marked sensitive';

/** Of a text that is known after apply, the username is no more than what the whole comes from. */
export const knownLater = (username: Value<string>): SecretContent => ({
  username,
  holdsCredentials: 'unknown',
  shape: 'a value that is known after apply',
  hidden: false,
});

const noObject = (origin: Origin): SecretContent => ({
  username: absent(origin),
  holdsCredentials: false,
  shape: 'not a JSON object',
  hidden: false,
});

/**
 * What the source says of a text with unknown parts. A text that Terraform marks sensitive is read all the same, for the
 * name in it; no password leaves this function.
 */
export const contentOfStructure = (text: Symbolic, whole: Value<string>): SecretContent => {
  if (text.kind !== 'text') return knownLater(whole);
  if (text.json !== undefined) return contentOf(text.json, whole.origin);
  const read = readJsonText(text.parts);
  if (read.kind === 'value') return contentOf(read.value, whole.origin);
  return read.kind === 'no-json' ? noObject(whole.origin) : knownLater(whole);
};

/** The same of a text of which the source alone says anything, so that it may be known. */
export const contentOfWritten = (text: Symbolic, whole: Value<string>): SecretContent =>
  text.kind === 'known' && text.json !== undefined
    ? contentOf(text.json, whole.origin)
    : contentOfStructure(text, whole);

const contentOf = (value: Symbolic, origin: Origin): SecretContent => {
  const isOpen = value.kind === 'map' && value.open !== undefined;
  if (value.kind === 'unknown' || value.kind === 'instance' || isOpen) return knownLater(unseen(value, origin));
  if (value.kind !== 'map') return noObject(origin);
  const name = value.entries.get('username');
  const missing = ['username', 'password'].filter((key) => isEmpty(value.entries.get(key)));
  const holds = missing.length === 0;
  if (name !== undefined && !isEmpty(name) && isSensitive(name)) {
    const username = unknown(placed(origin, name.place));
    return { username, holdsCredentials: 'unknown', shape: markedName, hidden: true };
  }
  return {
    username: name === undefined || isEmpty(name) ? absent(origin) : textOf(name, origin),
    holdsCredentials: holds,
    shape: holds ? 'username and password' : `a JSON object without ${missing.join(' and ')}`,
    hidden: false,
  };
};

const unseen = (value: Symbolic, origin: Origin): Unknown => unknownOf(placed(origin, value.place), originsOf(value));

/** Whether it is no text, or an empty one, for certain. */
const isEmpty = (value: Symbolic | undefined): boolean => {
  if (value === undefined) return true;
  if (value.kind === 'known') return typeof value.value !== 'string' || value.value === '';
  return value.kind !== 'text' && value.kind !== 'unknown';
};
