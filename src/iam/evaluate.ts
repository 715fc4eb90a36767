import type { IamPatterns, IamPolicyDocument, IamStatement } from '../model/iam.ts';
import { type Reference, type Tri, type Value, literal } from '../model/value.ts';
import { type ArnTarget, coversArn, coversArnPieces } from './arn-target.ts';
import { conditionsHold } from './conditions.ts';
import type { RequestContext } from './request-context.ts';
import { coversAction } from './shape.ts';
import { type Stand, type WrittenPattern, patternOf } from './template-pattern.ts';
import { every, not, some } from './tri.ts';
import { fillVariables } from './variables.ts';

/** How a reference in a pattern stands to the resource of a request. */
export type Relation = 'itself' | 'other' | 'unknown';

/** What a request asks for. */
export type IamRequest = {
  readonly action: string;
  readonly resource: {
    readonly arn: ArnTarget;
    readonly relation: (reference: Reference) => Relation;
    /**
     * What a reference in a template is, in pieces of the resource; `before` is the pattern up to it. Left out where a
     * template says no more than its references.
     */
    readonly stands?: (reference: Reference, before: string) => Stand;
    /** Widens the patterns of an Allow, where the question is whether any of several resources is covered. */
    readonly widen?: (pattern: string) => string;
  };
  readonly context: RequestContext;
};

/** A statement that bears on a request. */
export type Match = {
  readonly statement: IamStatement;
  readonly matches: Tri;
  /** The resource was recognised by a reference, whose use the plan does not show: *reference used whole*. */
  readonly whole: boolean;
  /** A field of the ARN that nothing states was taken to be what the pattern says. */
  readonly assumed: boolean;
};

/** What a list of documents says, before explicit Deny, boundary and the other party are weighed. */
export type Decision = {
  readonly allow: Tri;
  readonly deny: Tri;
  readonly allows: readonly Match[];
  readonly denies: readonly Match[];
  /** Documents that could not be decoded and might say anything. */
  readonly undecoded: readonly IamPolicyDocument[];
};

export const evaluate = (documents: readonly IamPolicyDocument[], request: IamRequest): Decision => {
  const matches = documents.flatMap((document) => document.statements.map((s) => matchStatement(s, request)));
  const allows = matches.filter((m) => m.matches !== false && hasEffect(m.statement, 'Allow') !== false);
  const denies = matches.filter((m) => m.matches !== false && hasEffect(m.statement, 'Deny') !== false);
  const undecoded = documents.filter((document) => !document.complete);
  const open: Tri[] = undecoded.length > 0 ? ['unknown'] : [];
  return {
    allow: some([...allows.map((m) => effective(m, 'Allow')), ...open]),
    deny: some([...denies.map((m) => effective(m, 'Deny')), ...open]),
    allows,
    denies,
    undecoded,
  };
};

/** An Allow that no Deny takes back. */
export const isAllowed = (decision: Decision): Tri => every([decision.allow, not(decision.deny)]);

export const hasEffect = (statement: IamStatement, effect: 'Allow' | 'Deny'): Tri => {
  const value = literal(statement.effect);
  return value === undefined ? 'unknown' : value === effect;
};

const effective = (match: Match, effect: 'Allow' | 'Deny'): Tri =>
  every([match.matches, hasEffect(match.statement, effect)]);

/** Whether action, resource and conditions of a statement match a request. */
export const matchStatement = (statement: IamStatement, request: IamRequest): Match => {
  const action = matchActions(statement.actions, request.action);
  const widens = literal(statement.effect) === 'Allow' && !statement.resources.negated;
  const resources = statement.resources.patterns.map((pattern) => matchResource(pattern, request, widens));
  const resource = matchPatterns(statement.resources, (_, index) => resources[index]?.matches ?? false);
  const isThere: Tri = statement.mayBeMissing === true ? 'unknown' : true;
  const matches = every([action, resource, conditionsHold(statement.conditions, request.context), isThere]);
  const decided = resources.filter((candidate) => candidate.matches === true);
  const rests = (on: 'whole' | 'assumed'): boolean => decided.length > 0 && decided.every((candidate) => candidate[on]);
  return { statement, matches, whole: rests('whole'), assumed: rests('assumed') };
};

const matchPatterns = (list: IamPatterns, matcher: (pattern: Value<string>, index: number) => Tri): Tri => {
  const found = some([...list.patterns.map(matcher), ...(list.complete ? [] : (['unknown'] as const))]);
  return list.negated ? not(found) : found;
};

/** Whether `Action`, or `NotAction`, of a statement takes an action in. */
export const matchActions = (list: IamPatterns, action: string): Tri =>
  matchPatterns(list, (pattern) => matchAction(pattern, action));

export const matchAction = (pattern: Value<string>, action: string): Tri => {
  const text = literal(pattern);
  return text === undefined ? 'unknown' : coversAction(text, action);
};

type ResourceMatch = Pick<Match, 'matches' | 'whole' | 'assumed'>;

const never: ResourceMatch = { matches: false, whole: false, assumed: false };

const matchResource = (pattern: Value<string>, request: IamRequest, widens: boolean): ResourceMatch => {
  const { resource, context } = request;
  if (pattern.kind === 'known') {
    const filled = fillVariables(pattern.value, context);
    const text = widens ? (resource.widen?.(filled) ?? filled) : filled;
    return { ...coversArn(text, resource.arn), whole: false };
  }
  if (pattern.kind === 'absent') return never;
  if (pattern.template !== undefined && resource.stands !== undefined) {
    const written = patternOf(pattern.template, resource.stands, (part) => fillVariables(part, context));
    return written === 'other' ? never : matchWritten(written, request, widens);
  }
  const relations = pattern.references.map(resource.relation);
  if (relations.includes('itself')) return { matches: true, whole: true, assumed: false };
  const decided = relations.length > 0 && pattern.trailEnds.length === 0 && !relations.includes('unknown');
  return { matches: decided ? false : 'unknown', whole: false, assumed: false };
};

const matchWritten = ({ text, assumed }: WrittenPattern, { resource }: IamRequest, widens: boolean): ResourceMatch => {
  const match = coversArnPieces(widens ? (resource.widen?.(text) ?? text) : text, resource.arn);
  return { matches: match.matches, assumed: match.matches === true && (assumed || match.assumed), whole: false };
};
