import type { Block, Body, Expression, SourceText } from '../syntax.ts';

/** A body with the file of each of its parts: overrides bring parts of other files. */
export type ConfigBody = {
  readonly attributes: ReadonlyMap<string, ConfigAttribute>;
  readonly blocks: readonly ConfigBlock[];
  readonly syntax: Body['syntax'];
};

export type ConfigAttribute = { readonly value: Expression; readonly span: Body['span']; readonly file: SourceText };

export type ConfigBlock = {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: ConfigBody;
  readonly header: Body['span'];
  readonly file: SourceText;
};

const bodyOf = (body: Body, file: SourceText): ConfigBody => ({
  attributes: new Map([...body.attributes].map(([name, { value, span }]) => [name, { value, span, file }] as const)),
  blocks: body.blocks.map((block) => blockOf(block, file)),
  syntax: body.syntax,
});

export const blockOf = ({ type, labels, body, header }: Block, file: SourceText): ConfigBlock => ({
  type,
  labels: labels.map(({ text }) => text),
  body: bodyOf(body, file),
  header,
  file,
});
