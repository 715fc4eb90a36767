/** What excerpts of the source are made of. It stays beside the report: no report holds text of the source. */
export type SourceTexts = {
  /** The text of a file as origins name it; undefined where it is not at hand. */
  readonly textOf: (file: string) => string | undefined;
  /** Texts that are marked sensitive: no excerpt shows what holds one. */
  readonly sensitiveTexts: readonly string[];
};
