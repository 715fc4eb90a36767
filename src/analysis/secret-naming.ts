import type { AuthBlock } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Reference, type TemplatePart, type Unknown, type Value, known, unknown } from '../model/value.ts';
import { type Spoken, theInput } from './input-words.ts';
import type { Aliases } from './join.ts';
import { fails, holds, undecided } from './judgement.ts';
import { providerPlace } from './provider-place.ts';
import type { World } from './world.ts';

/** How an `auth` block names its secret. */
export type SecretNaming = {
  /** Whether it does so by the ARN of a secret. */
  readonly byArn: Judgement;
  /** What leads to the secret that is meant. */
  readonly meant: Value<string>;
  /** The attribute that is written in place of the ARN; null where none is, or nothing is amiss. */
  readonly written: Reference | null;
  /** What speaks against byArn is that it is no ARN at all: the provider refuses such a proxy as a whole (fact 2.16). */
  readonly isNoArn: boolean;
};

export const wellNamed = (meant: Value<string>): SecretNaming => ({
  byArn: holds(''),
  meant,
  written: null,
  isNoArn: false,
});

export const namingOf = (world: Spoken & Pick<World, 'aliases'>, block: AuthBlock): SecretNaming => {
  const { secretArn } = block;
  const found = faultOf(secretArn, world.aliases);
  if (found === null) return wellNamed(secretArn);
  return {
    byArn: judgeFault(world, block, found),
    meant: meantBy(secretArn, found.reference),
    written: found.reference,
    isNoArn: found.fault === 'text',
  };
};

const judgeFault = (
  world: Spoken,
  { origin, secretArn }: AuthBlock,
  { fault, reference, isCertain }: Found,
): Judgement => {
  if (fault === 'nothing') return fails(`${origin.path} has no secret_arn`, [origin]);
  const seen = shown(secretArn, reference);
  const what = `secret_arn of ${origin.path}`;
  return isCertain
    ? fails(`${what} is ${seen}, ${faults[fault]}`, [secretArn.origin])
    : undecided(`whether ${what}, which comes from ${seen}, is an ARN is not in ${theInput(world)}`, [
        secretArn.origin,
      ]);
};

/** What it is in place of the ARN of a secret. */
type Fault = 'nothing' | 'text' | 'version' | 'other';

const faults: Readonly<Record<Exclude<Fault, 'nothing'>, string>> = {
  text: 'which is not an ARN',
  version: 'the id of a version and not the ARN of its secret',
  other: 'which is the ARN of something else than a secret',
};

type Found = { readonly fault: Fault; readonly reference: Reference | null; readonly isCertain: boolean };

const faultOf = (value: Value<string>, aliases: Aliases): Found | null => {
  if (value.kind === 'absent') return { fault: 'nothing', reference: null, isCertain: true };
  if (value.kind === 'known') return certainly(faultOfText(value.value));
  const { template } = value;
  if (template === undefined) return faultOfReferences(value, aliases);
  const [part, more] = template;
  if (more !== undefined) return certainly(faultOfTemplate(template));
  return part === undefined || typeof part === 'string' || 'computed' in part ? null : faultOfReference(part, aliases);
};

const certainly = (fault: Fault | null): Found | null =>
  fault === null ? null : { fault, reference: null, isCertain: true };

const faultOfText = (text: string): Fault | null => {
  if (!text.startsWith('arn:')) return 'text';
  if (text.includes('|')) return 'version';
  return text.split(':')[2] === 'secretsmanager' ? null : 'other';
};

/** No name of a secret holds a `|`, so that it is before the id of a version. */
const faultOfTemplate = (template: readonly TemplatePart[]): Fault | null => {
  const texts = template.filter((part) => typeof part === 'string');
  const [start] = template;
  if (typeof start === 'string' && !start.startsWith('arn:') && !'arn:'.startsWith(start)) return 'text';
  return texts.some((text) => text.includes('|')) ? 'version' : null;
};

/** A plan keeps what a value comes from, and not whether an ARN is made of it; with an account or a region one likely is. */
const faultOfReferences = ({ references }: Unknown, aliases: Aliases): Found | null => {
  const [first] = references.flatMap((reference) => faultOfReference(reference, aliases) ?? []);
  const isPutTogether = references.some((reference) => providerPlace(reference) !== undefined);
  return first === undefined || isPutTogether ? null : { ...first, isCertain: false };
};

const secretType = /(?:^|[./])(aws_secretsmanager_secret(?:_version)?)\.[^.]+(?:\[[^\]]*\])?$/;

/** Attributes of secrets and their versions that are no ARN, by `type.attribute` (fact 8.13). */
const notArns = new Map<string, Fault>([
  ['aws_secretsmanager_secret.name', 'text'],
  ['aws_secretsmanager_secret.name_prefix', 'text'],
  ['aws_secretsmanager_secret_version.id', 'version'],
  ['aws_secretsmanager_secret_version.version_id', 'text'],
]);

const faultOfReference = (reference: Reference, aliases: Aliases): Found | null => {
  const { resource, path } = reference;
  const attribute = `${secretType.exec(resource)?.[1]}.${path}`;
  const fault = notArns.get(attribute);
  if (fault !== undefined) return { fault, reference, isCertain: true };
  // A version says by what its secret was named: its ARN or its name.
  const named =
    attribute === 'aws_secretsmanager_secret_version.secret_id' ? aliases.values.get(`${resource} ${path}`) : undefined;
  const behind = named === undefined || named.kind === 'absent' ? null : faultOf(named, aliases);
  return behind === null ? null : { ...behind, reference };
};

const shown = (value: Value<string>, reference: Reference | null): string => {
  if (reference !== null) return expressionOf(reference);
  if (value.kind === 'known') return `"${value.value}"`;
  const parts = value.kind === 'unknown' ? (value.template ?? []) : [];
  return `"${parts.map((part) => (typeof part === 'string' ? part : shownPart(part))).join('')}"`;
};

const shownPart = (part: Exclude<TemplatePart, string>): string =>
  'computed' in part ? '…' : `\${${expressionOf(part)}}`;

const expressionOf = ({ resource, path }: Reference): string => `${resource.replace(/^@\d+\//, '')}.${path}`;

/** The ARN that a version has beside its id, or what is before the id in a text. */
const meantBy = (value: Value<string>, reference: Reference | null): Value<string> => {
  if (reference !== null && /_version\./.test(reference.resource)) {
    return unknown(value.origin, [{ ...reference, path: 'arn' }]);
  }
  return value.kind === 'known' ? known(value.value.split('|')[0] ?? '', value.origin) : value;
};
