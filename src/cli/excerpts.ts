import type { SourceTexts } from '../index.ts';
import type { ReportContext } from '../report/context.ts';

export type Excerpts = Pick<ReportContext, 'excerptOf'>;

/** How lines of the source are shown; loaded only where source was read. */
export const excerptsFrom = async (checked: readonly { readonly texts?: SourceTexts }[]): Promise<Excerpts> => {
  const all = checked.flatMap(({ texts }) => (texts === undefined ? [] : [texts]));
  if (all.length === 0) return {};
  const { excerptsOf } = await import('../report/excerpt/index.ts');
  return { excerptOf: excerptsOf(joined(all)) };
};

/** Several sources may each have a file of the same name: then nobody knows which one is meant, and none is shown. */
const joined = (all: readonly SourceTexts[]): SourceTexts => ({
  textOf: (file) => {
    const found = new Set(all.map(({ textOf }) => textOf(file)).filter((text) => text !== undefined));
    return found.size === 1 ? [...found][0] : undefined;
  },
  sensitiveTexts: [...new Set(all.flatMap(({ sensitiveTexts }) => sensitiveTexts))],
});
