import { type YAMLMap, type YAMLSeq, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';

/** What a job has to know of the pipeline that it becomes a part of. */
export type Pipeline = {
  /** A stage that is there. */
  readonly stage: string;
  /** Whether that is certain: included files may have stages of their own. */
  readonly isSure: boolean;
  /** How it names other files. */
  readonly include: 'none' | 'list' | 'one';
  /** Whether it says for which events it runs. */
  readonly hasWorkflow: boolean;
};

/** Where nothing says otherwise, there is this stage. */
const usual = 'test';

const nothing: Pipeline = { stage: usual, isSure: true, include: 'none', hasWorkflow: false };

/** Of the text of a `.gitlab-ci.yml`, where there is one. */
export const readPipeline = (text = ''): Pipeline => {
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  // What stands before `---` says what it takes.
  const last = Array.isArray(documents) ? documents.at(-1) : undefined;
  if (last === undefined || last.contents === null) return nothing;
  return last.errors.length === 0 && isMap(last.contents) ? pipelineOf(last.contents) : { ...nothing, isSure: false };
};

const pipelineOf = (root: YAMLMap): Pipeline => {
  const include = root.get('include', true);
  const stages = stagesIn(root.get('stages', true));
  const one = include === undefined ? 'none' : 'one';
  return {
    stage: stages.includes(usual) ? usual : (stages[0] ?? usual),
    isSure: stages.length > 0 || (!root.has('stages') && include === undefined),
    include: isSeq(include) ? 'list' : one,
    hasWorkflow: root.has('workflow'),
  };
};

/** Those that are written out, without the two that are always there. */
const stagesIn = (node: unknown): readonly string[] =>
  isWritten(node)
    ? node.items.flatMap((item) => (isScalar(item) && typeof item.value === 'string' ? [item.value] : [])).filter(isOwn)
    : [];

/** A tag of GitLab (`!reference`) stands for a list that is elsewhere. */
const isWritten = (node: unknown): node is YAMLSeq =>
  isSeq(node) && (node.tag === undefined || node.tag.startsWith('tag:yaml.org'));

const isOwn = (stage: string): boolean => stage !== '.pre' && stage !== '.post';
