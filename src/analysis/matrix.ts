import { every, some } from '../iam/tri.ts';
import type { Cell, MatrixRow } from '../model/connection.ts';
import type { Tri } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import type { DatabaseFacts } from './databases.ts';
import { secretUsable } from './proxies.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import type { LinkedAuth } from './secrets.ts';

/** The settings matrix: a row for each database, and one for each proxy and its target. */
export const buildMatrix = (context: AnalysisContext): readonly MatrixRow[] => {
  const direct = [...context.databases.values()].filter(({ database }) => database.judged).map(directRow);
  const proxied = context.proxies.filter(isJudged).map(proxyRow);
  return [...direct, ...proxied].sort(byRow);
};

const isJudged = (facts: ProxyFacts): boolean =>
  facts.proxy.judged || (facts.target?.kind === 'database' && facts.target.facts.database.judged);

const nullFirst = (a: string | null, b: string | null): number => {
  if (a === b) return 0;
  if (a === null) return -1;
  return b === null || a > b ? 1 : -1;
};

const byRow = (a: MatrixRow, b: MatrixRow): number => nullFirst(a.database, b.database) || nullFirst(a.proxy, b.proxy);

const directRow = (facts: DatabaseFacts): MatrixRow => ({
  database: facts.database.address,
  proxy: null,
  paths: directCells(facts),
});

const directCells = (facts: DatabaseFacts): { 'password-rds': Cell; 'iam-rds': Cell } => ({
  // The provider has no argument yet for a master user who logs in by IAM alone (fact 5.19).
  'password-rds': 'open',
  'iam-rds': iamCell(facts),
});

const iamCell = ({ iamOn, iamUsable }: DatabaseFacts): Cell => {
  if (iamOn.holds === false) return 'closed';
  if (iamOn.holds === 'unknown') return 'unknown';
  return iamUsable.holds === true ? 'open' : iamUsable.holds === false ? 'unusable' : 'unknown';
};

const proxyRow = (facts: ProxyFacts): MatrixRow => {
  const database = facts.target?.kind === 'database' ? facts.target.facts : null;
  return {
    database: database?.database.address ?? null,
    proxy: facts.proxy.address,
    paths: {
      ...(database === null ? {} : directCells(database)),
      'password-proxy-rds': secretCell(facts, (auth) => auth.takesPassword),
      'iam-proxy-rds': secretCell(facts, (auth) => auth.takesIam),
      'iam-proxy-iam-rds': endToEndCell(facts),
    },
  };
};

/** Paths c and d: closed when no block has the mode, open when any secret of that mode can be used. */
const secretCell = (facts: ProxyFacts, takes: (auth: LinkedAuth) => Tri): Cell => {
  if (facts.works.holds === false) return 'unusable';
  if (facts.works.holds === 'unknown') return 'unknown';
  const hidden: readonly Tri[] = facts.proxy.authComplete ? [] : ['unknown'];
  const offered = some([...facts.auth.map(takes), ...hidden]);
  if (offered === false) return 'closed';
  const usable = some([...facts.auth.map((auth) => every([takes(auth), secretUsable(facts, auth)])), ...hidden]);
  if (offered === 'unknown' || usable === 'unknown') return 'unknown';
  if (usable === false) return 'unusable';
  // AWS documents no precedence for a user who has a secret on a proxy in end-to-end IAM (fact 1.15).
  return facts.endToEnd === false ? 'open' : 'unknown';
};

const endToEndCell = (facts: ProxyFacts): Cell => {
  if (facts.endToEnd === false) return 'closed';
  const needs = every([
    facts.works.holds,
    facts.targetTakesIam.holds,
    targetUsable(facts),
    facts.mayConnect(null).holds,
  ]);
  if (facts.endToEnd === 'unknown') return 'unknown';
  if (needs === false) return 'unusable';
  return needs === true ? 'open' : 'unknown';
};

const targetUsable = (facts: ProxyFacts): Tri =>
  facts.target?.kind === 'database' ? facts.target.facts.iamUsable.holds : true;
