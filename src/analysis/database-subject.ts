import type { SubjectAttributes } from '../model/judgement.ts';
import type { AnalysisContext } from './analysis-context.ts';
import {
  errorLogMend,
  judgeErrorLog,
  judgeFlagChange,
  judgeIamWhereSupported,
  judgeMemory,
  judgePublic,
  memoryMend,
  publicMend,
} from './database-advice.ts';
import { judgeTls, refusedPlaintext, tlsSetting } from './database-tls.ts';
import { tlsMend } from './database-tls-mend.ts';
import type { DatabaseFacts } from './databases.ts';
import { directAccessTest } from './direct-access.ts';
import { directAccessMend } from './direct-access-mend.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import { judgeNoPlaintext, plaintextMend } from './proxy-plaintext.ts';
import { push } from './push.ts';
import { judgedLater, textLater } from './subject-attributes.ts';

/** What policies ask of a database besides whether its logins work; made where one asks. */
export const databaseAdvice = (context: AnalysisContext): ((facts: DatabaseFacts) => SubjectAttributes) => {
  const fronts = new Map<string, ProxyFacts[]>();
  for (const facts of context.proxies) {
    if (facts.target?.kind === 'database') push(fronts, facts.target.facts.database.id, facts);
  }
  const directAccess = directAccessTest(context);
  return (facts) => {
    const { database } = facts;
    const { world } = context;
    const before = fronts.get(database.id) ?? [];
    const setting = () => tlsSetting(world, database);
    const access = () =>
      directAccess(
        facts,
        before.map(({ proxy }) => proxy),
      );
    return {
      iamWhereSupported: judgedLater(() => judgeIamWhereSupported(facts)),
      enforcesTls: judgedLater(() => judgeTls(database, setting())),
      tlsMend: textLater(() => tlsMend(database, setting(), world.model.parameterGroups)),
      noPlaintextBehindProxies: judgedLater(() => refusedPlaintext(database, setting(), before.map(judgeNoPlaintext))),
      plaintextMend: textLater(() => plaintextMend(before)),
      notPublic: judgedLater(() => judgePublic(facts)),
      publicMend: textLater(() => publicMend(facts)),
      flagChangesAtOnce: judgedLater(() => judgeFlagChange(database)),
      exportsIamErrors: judgedLater(() => judgeErrorLog(facts)),
      errorLogMend: textLater(() => errorLogMend(facts)),
      hasMemoryForIam: judgedLater(() => judgeMemory(facts)),
      memoryMend: textLater(() => memoryMend(facts)),
      proxiesNotBypassed: judgedLater(() => access().judgement),
      bypassMend: textLater(() => directAccessMend(access())),
    };
  };
};
