import type { Subject } from '../model/judgement.ts';
import type { AnalysisContext } from './analysis-context.ts';
import type { JudgedConnection } from './connections.ts';
import { excessMend } from './excess-mend.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import { push } from './push.ts';
import { judgeExcess } from './role-excess.ts';
import { judged, text, textLater } from './subject-attributes.ts';

/** The roles of proxies, each once, with what all of its proxies need. */
export const roleSubjects = (
  context: AnalysisContext,
  proxies: readonly ProxyFacts[],
  connections: readonly JudgedConnection[],
): readonly Subject[] => {
  const pairs = new Map<string, ProxyFacts[]>();
  for (const facts of context.proxies) if (facts.role.kind === 'principal') push(pairs, facts.role.principal.id, facts);
  const seen = new Set<string>();
  return proxies.flatMap(({ role, assumable }) => {
    if (role.kind !== 'principal' || !role.principal.judged || !role.principal.managed) return [];
    const { id, address } = role.principal;
    if (seen.size === seen.add(id).size) return [];
    const own = pairs.get(id) ?? [];
    const excess = judgeExcess(context, role, own, connections);
    return [
      {
        kind: 'role',
        address,
        attributes: {
          address: text(address),
          assumableByRds: judged(assumable),
          holdsWhatIsNeeded: judged(excess.judgement),
          excessMend: textLater(() => (excess.judgement.holds === true ? '' : excessMend(excess, own))),
        },
      },
    ];
  });
};
