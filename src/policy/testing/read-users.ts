import { type Node, isNode, isSeq } from 'yaml';
import type { DeclaredUser } from '../../model/configuration.ts';
import { pairOf } from '../loading/parse-yaml.ts';
import { type FieldReader, fieldsOf, refuseOthers, textIn } from './yaml-fields.ts';

/** Users as the configuration of this program declares them. */
export const readUsers = (node: unknown, reader: FieldReader): readonly DeclaredUser[] => {
  const pair = pairOf(node, 'users');
  if (pair === undefined) return [];
  if (isSeq(pair.value)) return pair.value.items.flatMap((item) => readUser(isNode(item) ? item : null, reader) ?? []);
  reader.complain(pair.value ?? pair.key, 'users must be a list of users, such as { name: app, method: iam }.');
  return [];
};

const readUser = (node: Node | null, reader: FieldReader): DeclaredUser | null => {
  const fields = fieldsOf(node, 'A user', reader);
  if (fields === null) return null;
  refuseOthers(fields, ['name', 'database', 'method'], reader);
  const [name, database, method] = ['name', 'database', 'method'].map((key) => textIn(node, key, reader));
  if (method !== 'iam' && method !== 'password') {
    return reader.complain(pairOf(node, 'method')?.value ?? node, 'method of a user must be iam or password.');
  }
  const place = { file: 'case.yaml', line: 1, column: 1 };
  return name ? { name, database: database ?? null, method, place } : reader.complain(node, 'A user has a name.');
};
