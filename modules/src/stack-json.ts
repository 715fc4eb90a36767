/** What CDKTF writes to `cdk.tf.json`, and which construct each block of it comes from. */

export type StackJson = Readonly<Record<string, unknown>>;

/**
 * The path of the construct that made what has an address (`orders/proxy/proxy`); undefined where none did. Each block
 * says it in its comment, and names of blocks are unique ids of constructs unless somebody overrides them.
 */
export const constructPathOf = (json: StackJson, address: string): string | undefined => {
  const [first = '', second = '', third = ''] = address.replaceAll(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '').split('.');
  const block =
    first === 'module'
      ? at(json, 'module', second)
      : first === 'data'
        ? at(json, 'data', second, third)
        : at(json, 'resource', first, second);
  const path = at(block, '//', 'metadata', 'path');
  return typeof path === 'string' ? path : undefined;
};

const at = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Readonly<Record<string, unknown>>)[key]
        : undefined,
    value,
  );
