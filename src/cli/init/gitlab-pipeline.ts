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
  /** Whether it is the jobs that say so. */
  readonly hasRules: boolean;
};

/** Where nothing says otherwise, there is this stage. */
const usual = 'test';

const nothing: Pipeline = { stage: usual, isSure: true, include: 'none', hasWorkflow: false, hasRules: false };

/** Of the text of a `.gitlab-ci.yml`, where there is one. */
export const readPipeline = (text = ''): Pipeline => {
  const root = rootOf(text);
  if (root === null) return nothing;
  return isMap(root) ? pipelineOf(root, text) : { ...nothing, isSure: false };
};

/** Null where nothing is written, undefined where it is no YAML. */
const rootOf = (text: string): unknown => {
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent' });
    // What stands before `---` says what it takes.
    const last = Array.isArray(documents) ? documents.at(-1) : undefined;
    if (last === undefined) return null;
    return last.errors.length === 0 ? last.contents : undefined;
  } catch {
    // It is nested too deeply for the parser.
    return undefined;
  }
};

const pipelineOf = (root: YAMLMap, text: string): Pipeline => {
  const include = root.get('include', true);
  const stages = stagesIn(root.get('stages', true));
  const one = include === undefined ? 'none' : 'one';
  return {
    stage: stages.includes(usual) ? usual : (stages[0] ?? usual),
    isSure: stages.length > 0 || (!root.has('stages') && include === undefined),
    include: isSeq(include) ? 'list' : one,
    hasWorkflow: root.has('workflow'),
    hasRules: !root.has('workflow') && /\b(?:merge_request_event|merge_requests|CI_MERGE_REQUEST_IID)\b/.test(text),
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
