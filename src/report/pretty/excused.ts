import type { Finding } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import { waiverText } from '../excused.ts';
import type { Look } from '../look.ts';
import { hang, plural } from '../text.ts';
import { renderFinding } from './findings.ts';
import { bestOf, shortPlaceOf } from './place.ts';

/** What is the matter in one line; a waiver says below it why it does not count. */
export const renderExcused = (finding: Finding, look: Look): readonly string[] => {
  if (look.verbose) return renderFinding(finding, look);
  const { policy, address, outcome, users = [], waiver, id, origins } = finding;
  const place = shortPlaceOf(bestOf(origins) ?? {});
  const facts = [
    policy,
    `${address}${place === '' ? '' : ` (${place})`}`,
    ...(users.length === 0 ? [] : [`user ${users.join(', ')}`]),
    ...(outcome === 'unknown' ? ['undecided'] : []),
    id,
  ];
  return [
    ...hang(`${look.dim(look.unicode ? '·' : '-')} `, 2, facts.join(look.dot), look.width),
    ...(waiver === null ? [] : hang('    ', 4, waiverText(waiver), look.width).map(look.dim)),
  ];
};

const heldShown = 10;

/** What a baseline holds is known, and there may be much of it. */
export const renderHeld = (findings: readonly Finding[], look: Look): readonly string[] => {
  const shown = look.verbose ? findings : findings.slice(0, heldShown);
  const left = findings.length - shown.length;
  return [
    ...shown.flatMap((finding) => renderExcused(finding, look)),
    ...(left > 0 ? [`  and ${left} more; --verbose shows all`] : []),
  ];
};

/** What the baseline holds for nothing, or under an address that will not be known again. */
export const renderBaseline = ({ baseline }: Report, look: Look): readonly string[] => {
  if (baseline === undefined) return [];
  const { gone, moved, path } = baseline;
  const label = `${look.dim(look.unicode ? '·' : '-')} `;
  const say = (text: string): readonly string[] => hang(label, 2, text, look.width);
  return [
    ...(look.verbose ? gone.flatMap(({ policy, address }) => say(`gone: ${policy}${look.dot}${address}`)) : []),
    ...(gone.length > 0 && !look.verbose
      ? say(`${plural(gone.length, 'finding')} of it can be taken out; --verbose shows which`)
      : []),
    ...(moved > 0 ? say(`${moved} known by the address before a move: write ${path} again with --write-baseline`) : []),
  ];
};
