import { type Diagnostic, type Finding, type StackJudgement, loadEngine, packageVersion } from './engine.ts';
import { Annotations, Aspects, Construct, type IConstruct, type TerraformStack } from './framework.ts';
import { type StackJson, constructPathOf } from './stack-json.ts';

/** What a stack is judged by. The options mean what they mean on the command line of `rds-auth-policy`. */
export type EnforceOptions = {
  /** An `rds-auth-policy.yaml`: rules, waivers, users, policies of one's own. Default: none, and none is looked for. */
  readonly configuration?: string;
  /** The policies of these sets. Default: those of the configuration, else of the sets that are on by default. */
  readonly sets?: readonly string[];
  /** These policies and no others. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** Whether a mandatory policy that cannot be decided fails the stack, too. Default: `report`, it does not. */
  readonly unknown?: 'report' | 'fail';
};

/** Something to say about a construct of the stack. */
export type StackMessage = {
  readonly level: 'error' | 'warning' | 'info';
  /** Of the construct that it is about; of the stack where none is. */
  readonly path: string;
  /** Null where it is about our ability to judge. */
  readonly policy: string | null;
  /** With the edit that mends it. */
  readonly text: string;
};

/** Judges stacks while they are synthesized, by the policies of `rds-auth-policy`. */
export const RdsAuthPolicy = {
  /**
   * Fails the synthesis of a stack that a mandatory policy finds something in, or that cannot be judged; all else is a
   * warning. It is an aspect and a validation, because each of them is bypassed by a switch of its own:
   * `CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS` and `skipValidation`.
   */
  enforce: (stack: TerraformStack, options: EnforceOptions = {}): void => {
    const judge = judgeOnce(stack, options);
    Aspects.of(stack).add({ visit: whenLast(stack, () => annotate(stack, judge())) });
    stack.node.addValidation({
      validate: () => judge().flatMap(({ level, path, text }) => (level === 'error' ? [`[${path}] ${text}`] : [])),
    });
  },

  /** The same judgement as a list, for tests of a stack: `Testing.synth` throws for no error. */
  judge: (stack: TerraformStack, options: EnforceOptions = {}): readonly StackMessage[] => judgeOnce(stack, options)(),
};

/** Aspect and validation both ask, and mostly of the same stack. */
const judgeOnce = (stack: TerraformStack, options: EnforceOptions): (() => readonly StackMessage[]) => {
  let judged = '';
  let messages: readonly StackMessage[] = [];
  return () => {
    const json: StackJson = stack.toTerraform();
    const text = JSON.stringify(json, null, 2);
    if (text !== judged) messages = messagesOf(stack, json, judgeText(text, options));
    judged = text;
    return messages;
  };
};

const judgeText = (text: string, { configuration, ...options }: EnforceOptions): StackJudgement => {
  const { judgeStack, openStackRules } = loadEngine();
  return judgeStack({
    ...options,
    text,
    label: 'cdk.tf.json',
    rules: openStackRules(configuration ?? null),
    today: new Date().toISOString().slice(0, 10),
    toolVersion: packageVersion(),
  });
};

/**
 * Aspects visit the stack first and its constructs afterwards, which other aspects may still change. So the visit waits
 * for a construct that it appends to the stack itself.
 */
const whenLast = (stack: TerraformStack, then: () => void): ((node: IConstruct) => void) => {
  let last: IConstruct | undefined;
  return (node) => {
    if (node === stack) {
      if (last !== undefined) stack.node.tryRemoveChild(last.node.id);
      last = new Construct(stack, freeId(stack));
    } else if (node === last) then();
  };
};

const freeId = ({ node }: TerraformStack): string => {
  let id = 'rds-auth-policy';
  while (node.tryFindChild(id) !== undefined) id += '-';
  return id;
};

const annotate = (stack: TerraformStack, messages: readonly StackMessage[]): void => {
  const constructs = new Map(stack.node.findAll().map((construct) => [construct.node.path, construct]));
  for (const { level, path, text } of messages) {
    const annotations = Annotations.of(constructs.get(path) ?? stack);
    if (level === 'error') annotations.addError(text);
    else if (level === 'warning') annotations.addWarning(text);
    else annotations.addInfo(text);
  }
};

const messagesOf = (
  stack: TerraformStack,
  json: StackJson,
  { report, fails, advice, undecided }: StackJudgement,
): readonly StackMessage[] => {
  const pathOf = (address = ''): string => constructPathOf(json, address) ?? stack.node.path;
  const about = (level: StackMessage['level'], finding: Finding): StackMessage => ({
    level,
    path: pathOf(finding.address),
    policy: finding.policy,
    text: textOf(finding),
  });
  return [
    ...report.diagnostics.map(
      (diagnostic): StackMessage => ({
        level: diagnostic.severity,
        path: pathOf(diagnostic.origin?.address),
        policy: null,
        text: textOfDiagnostic(diagnostic),
      }),
    ),
    ...fails.map((finding) => about('error', finding)),
    ...advice.map((finding) => about('warning', finding)),
    ...undecided.map((finding) => about(finding.enforcement === 'mandatory' ? 'warning' : 'info', finding)),
  ];
};

const textOf = ({ policy, outcome, message, remediation }: Finding): string =>
  outcome === 'fail' ? `${policy}: ${message}.${indented(remediation)}` : `${policy}: undecided: ${message}.`;

const textOfDiagnostic = ({ summary, detail, origin }: Diagnostic): string => {
  const { file, line, column } = origin ?? {};
  const place = file === undefined ? '' : `${[file, line, column].filter((part) => part !== undefined).join(':')}: `;
  return `rds-auth-policy: ${place}${summary}${detail === undefined ? '' : indented(detail)}`;
};

const indented = (text: string): string => (text === '' ? '' : `\n    ${text.replaceAll('\n', '\n    ')}`);
