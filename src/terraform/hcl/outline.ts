import type { ModuleOutline, SourceText } from '../../model/source.ts';
import type { ConfigBlock } from './evaluate/config-body.ts';
import { readModule } from './evaluate/configuration.ts';
import { localSource } from './evaluate/modules.ts';
import { parseFile } from './parse/parse.ts';

/** What the files of one directory say of its place among others. Nothing is evaluated. */
export const outlineModule = (files: readonly SourceText[]): ModuleOutline => {
  const { calls, providers, settings } = readModule('.', files.map(parseFile));
  const called = [...calls.values()];
  return {
    // Terragrunt names the module of its unit in a block of this name.
    calls: [...called, ...settings].flatMap((block) => localSource(block) ?? []),
    fetches: called.some((block) => block.body.attributes.has('source') && localSource(block) === undefined),
    isMarked: providers.size > 0 || settings.some((block) => has(block, 'backend') || has(block, 'cloud')),
  };
};

/** In JSON a block is written as an argument. */
const has = ({ body }: ConfigBlock, name: string): boolean =>
  body.attributes.has(name) || body.blocks.some(({ type }) => type === name);
