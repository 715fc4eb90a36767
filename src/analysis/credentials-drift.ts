import type { IgnoredChanges, Proxy, Secret, SecretVersion } from '../model/auth-model.ts';
import type { Judgement, Subject } from '../model/judgement.ts';
import { literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { fails, holds, listWords, undecided, unique } from './judgement.ts';
import { judged, text, textLater } from './subject-attributes.ts';

/** The proxy, or a version of a secret of it, with what `lifecycle` hides. */
type Source = {
  /** Where a finding points. */
  readonly at: Proxy | Secret;
  readonly holder: Proxy | SecretVersion;
  /** What the credentials are in. */
  readonly argument: string;
  readonly ignored: IgnoredChanges | undefined;
};

/** What Terraform no longer corrects of the credentials of proxies; one subject for each proxy, and for each secret. */
export const driftSubjects = ({ world, proxies }: AnalysisContext): readonly Subject[] => {
  const ignored = new Map(world.model.ignoredChanges.map((changes) => [changes.id, changes]));
  const own = [...new Map(proxies.map((facts) => [facts.proxy.id, facts])).values()].filter(
    ({ proxy }) => proxy.judged && proxy.managed,
  );
  return own.flatMap(({ proxy, auth }): readonly Subject[] => {
    const secrets = unique(auth.flatMap(({ link }) => (link.kind === 'managed' ? link.secret : [])));
    const sources: readonly Source[] = [
      { at: proxy, holder: proxy, argument: 'auth', ignored: ignored.get(proxy.id) },
      ...secrets
        .filter(({ id, judged: isJudged, managed }) => isJudged && managed && !isRotated(world.rotations, id))
        .flatMap((secret) =>
          world.versions.of(secret.id).map((version) => ({
            at: secret,
            holder: version,
            argument: 'secret_string',
            ignored: ignored.get(version.id),
          })),
        ),
    ];
    const unseen = sources.filter(({ ignored: changes }) => changes?.changes.complete !== true);
    const seen = sources.filter((source) => !unseen.includes(source));
    return [
      ...seen.map((source) => subjectOf(source.at.address, judgeSource(source), () => mendOf(source))),
      ...(unseen.length === 0 ? [] : [subjectOf(proxy.address, judgeUnseen(proxy, unseen), () => unseenMend(unseen))]),
    ];
  });
};

type Rotations = AnalysisContext['world']['rotations'];

/** What a rotation writes, Terraform must not write back. */
const isRotated = (rotations: Rotations, id: string): boolean =>
  rotations.of(id).length > 0 || rotations.maybeOf(id).length > 0;

const contents = /^(all|auth|secret_string|secret_binary|secret_string_wo|secret_string_wo_version)$/;

const judgeSource = ({ at, holder, argument, ignored }: Source): Judgement => {
  const items = ignored?.changes.items ?? [];
  const found = items.find((item) => contents.test(literal(item) ?? ''));
  if (found === undefined) return holds(`${holder.address} corrects what is changed elsewhere`, [holder.origin]);
  const what = argument === 'auth' ? 'its auth blocks' : `the value of ${at.address}, which nothing in view rotates`;
  return fails(`${holder.address} ignores changes of ${what}: ignore_changes holds ${literal(found)}`, [found.origin]);
};

const mendOf = ({ holder, ignored }: Source): string => {
  const words = (ignored?.changes.items ?? []).flatMap((item) => literal(item) ?? []);
  const named = words.filter((word) => contents.test(word));
  return `In ${holder.address} take ${listWords(named.length === 0 ? ['these arguments'] : named)} out of ignore_changes, and write there what is to be.`;
};

const holdersOf = (sources: readonly Source[]): string =>
  listWords(unique(sources.map(({ holder }) => holder.address)));

const judgeUnseen = (proxy: Proxy, sources: readonly Source[]): Judgement =>
  undecided(
    `whether changes of the credentials of ${proxy.address} are ignored is not in the plan: it keeps no lifecycle of ${holdersOf(sources)}`,
    sources.map(({ holder }) => holder.origin),
  );

const unseenMend = (sources: readonly Source[]): string =>
  `Give the configuration with --source; where ignore_changes of ${holdersOf(sources)} holds auth, secret_string or all, take it out.`;

const subjectOf = (address: string, shown: Judgement, mend: () => string): Subject => ({
  kind: 'credentials',
  address,
  attributes: { address: text(address), driftShown: judged(shown), driftMend: textLater(mend) },
});
