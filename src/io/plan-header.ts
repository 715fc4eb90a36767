import { decodeMsgpack } from './msgpack.ts';
import { type Field, readFields } from './protobuf.ts';

/** What a binary plan says of itself besides its changes. */
export type PlanHeader = {
  readonly terraformVersion: string | null;
  readonly workspace: string | null;
  /** Values of the root's variables, those that have one, as JSON. A variable that is not here has its default. */
  readonly variables: ReadonlyMap<string, unknown>;
  /** Variables that have a value which the plan does not tell. */
  readonly untoldVariables: ReadonlySet<string>;
};

const fields = { variables: 2, backend: 13, terraformVersion: 14, applyTimeVariables: 28, stateStore: 29 } as const;
const workspaceField = 3;

/**
 * The entry `tfplan` is a message whose first field has said 3 since Terraform 0.14, and in OpenTofu since its beginning;
 * of another format nothing is read. Field numbers: planfile.proto in either program.
 */
export const readPlanHeader = (bytes: Buffer): PlanHeader | null => {
  const all = bytes[0] === 0x08 && bytes[1] === 3 ? readFields(bytes) : null;
  if (all === null) return null;
  const texts = (number: number): readonly string[] => of(all, number).map((found) => found.toString('utf8'));
  const variables = of(all, fields.variables).map(readVariable);
  const told = variables.flatMap(({ name, value }) => (value === null ? [] : [[name, value.value] as const]));
  const untold = variables.flatMap(({ name, value }) => (value === null ? [name] : []));
  const workspaces = [...of(all, fields.backend), ...of(all, fields.stateStore)].flatMap((backend) =>
    of(readFields(backend) ?? [], workspaceField).map((name) => name.toString('utf8')),
  );
  return {
    terraformVersion: texts(fields.terraformVersion)[0] ?? null,
    workspace: workspaces[0] ?? null,
    variables: new Map(told),
    untoldVariables: new Set([...untold, ...texts(fields.applyTimeVariables)]),
  };
};

const of = (all: readonly Field[], number: number): readonly Buffer[] =>
  all.flatMap((field) => (field.number === number ? [field.bytes] : []));

/** An entry of a map: 1 the name, 2 a message whose field 1 is the value in MessagePack. */
const readVariable = (entry: Buffer): { readonly name: string; readonly value: { readonly value: unknown } | null } => {
  const parts = readFields(entry) ?? [];
  const name = of(parts, 1)[0]?.toString('utf8') ?? '';
  const packed = of(parts, 2).flatMap((message) => of(readFields(message) ?? [], 1))[0];
  return { name, value: packed === undefined ? null : untyped(decodeMsgpack(packed)) };
};

type Decoded = ReturnType<typeof decodeMsgpack>;

/** cty writes `[type, value]` where no type is fixed, and nothing but null for null. */
const untyped = (decoded: Decoded): { readonly value: unknown } | null => {
  const value = decoded?.value;
  if (value === null) return { value };
  return Array.isArray(value) && value.length === 2 ? { value: value[1] } : null;
};
