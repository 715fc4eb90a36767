import { hasEffect, matchActions } from '../iam/evaluate.ts';
import type { Principal } from '../model/auth-model.ts';
import type { IamStatement } from '../model/iam.ts';
import type { Judgement } from '../model/judgement.ts';
import { literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import type { JudgedConnection } from './connections.ts';
import type { Excess, Excesses } from './excess.ts';
import { connectExcess } from './excess-of-connect.ts';
import { keyExcess } from './excess-of-keys.ts';
import { secretExcess } from './excess-of-secrets.ts';
import { fails, holds, listWords, undecided, unique } from './judgement.ts';
import type { CarriedDocument } from './principals.ts';
import type { ProxyFacts, RoleLink } from './proxy-facts.ts';
import { type RoleNeeds, needsOf } from './role-needs.ts';

export type CarriedExcess = Excess & Pick<CarriedDocument, 'carrier' | 'managedArn'>;

export type RoleExcess = {
  readonly judgement: Judgement;
  readonly excesses: readonly CarriedExcess[];
  readonly needs: RoleNeeds;
};

const wordsAtMost = 4;

/** What the role of these proxies may do beside what they need of it. */
export const judgeExcess = (
  context: AnalysisContext,
  role: Extract<RoleLink, { kind: 'principal' }>,
  pairs: readonly ProxyFacts[],
  connections: readonly JudgedConnection[],
): RoleExcess => {
  const { principal, policies } = role;
  const needs = needsOf(context, role, pairs, connections);
  const results = policies.documents.map((carried) => excessOf(context, carried, needs));
  const excesses = results.flatMap(({ found }) => found);
  const open = policies.incomplete || results.some((result) => result.open);
  return { judgement: judgementOf(principal, excesses, open), excesses, needs };
};

const judgementOf = (principal: Principal, excesses: readonly CarriedExcess[], open: boolean): Judgement => {
  const words = unique(excesses.map((excess) => excess.words));
  if (words.length > 0) {
    const shown = words.slice(0, wordsAtMost);
    const all = words.length > shown.length ? [...shown, `${words.length - shown.length} things more`] : shown;
    const reason = `${principal.address} may ${listWords(all)}, which its proxy does not need`;
    return fails(reason, [...excesses.map(({ origin }) => origin), principal.origin]);
  }
  return open
    ? undecided(`what ${principal.address} may do beside what its proxy needs is known after apply`, [principal.origin])
    : holds(`${principal.address} may do what its proxy needs`, [principal.origin]);
};

const excessOf = (
  context: AnalysisContext,
  { carrier, document, managedArn }: CarriedDocument,
  needs: RoleNeeds,
): { readonly found: readonly CarriedExcess[]; readonly open: boolean } => {
  const results = document.statements
    .filter((statement) => hasEffect(statement, 'Allow') !== false)
    .map((statement) => ofStatement(context, statement, needs));
  return {
    found: results.flatMap(({ found }) => found.map((excess) => ({ ...excess, carrier, managedArn }))),
    open: !document.complete || results.some(({ open }) => open),
  };
};

const ofStatement = (context: AnalysisContext, statement: IamStatement, needs: RoleNeeds): Excesses => {
  const { actions, origin } = statement;
  if (statement.mayBeMissing === true) {
    const { mayBeMissing: _, ...there } = statement;
    const { found, open } = ofStatement(context, there, needs);
    return { found: [], open: open || found.length > 0 };
  }
  if (matchActions(actions, 'iam:CreateUser') === true && isForAll(statement)) {
    return { found: [{ words: 'do everything', of: 'everything', origin }], open: false };
  }
  const parts = [
    secretExcess(context.world, statement, needs),
    keyExcess(context.world, statement, needs),
    connectExcess(context.world, statement, needs),
  ];
  return { found: parts.flatMap(({ found }) => found), open: parts.some(({ open }) => open) };
};

const isForAll = ({ resources }: IamStatement): boolean =>
  resources.negated || resources.patterns.some((pattern) => literal(pattern) === '*');
