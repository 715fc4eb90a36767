import type { ModuleOutline, SourceInput, SourceText } from './model/source.ts';
import type { DetectedDocument } from './terraform/plan/detect.ts';
import type { Source } from './terraform/source.ts';

/** Reads configuration text. What parses and evaluates it is loaded here: a run without any does not need it. */
export const readSource = async (input: SourceInput): Promise<Source> => {
  const [{ loadSource }, { providerKnowledge }] = await Promise.all([
    import('./terraform/hcl/load.ts'),
    import('./adapters/iam/derived-data.ts'),
  ]);
  return loadSource(input, providerKnowledge);
};

/** A configuration without a plan, as a document to judge. */
export const readConfiguration = async (input: SourceInput): Promise<DetectedDocument> =>
  configurationOf(await readSource(input));

/** The same of one that is read already. */
export const configurationOf = (source: Source): DetectedDocument => ({
  path: source.label,
  kind: 'configuration',
  json: {},
  formatVersion: '',
  terraformVersion: null,
  diagnostics: source.diagnostics,
  source,
});

/** What the files of one directory say of its place among others. */
export const readOutline = async (files: readonly SourceText[]): Promise<ModuleOutline> => {
  const { outlineModule } = await import('./terraform/hcl/outline.ts');
  return outlineModule(files);
};
