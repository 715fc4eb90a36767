import type { Random } from './random.ts';

export type Statement = {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  /** Expressions. */
  readonly resources: readonly string[];
  readonly condition?: { readonly test: string; readonly variable: string; readonly value: string };
};

export type Principal = { readonly service: string };

/** Blocks that a document needs beside it, and the expression that is its text. */
export type Document = { readonly blocks: readonly string[]; readonly expression: string };

export const documentStyles = [
  'jsonencode',
  'heredoc',
  'heredoc-loop',
  'data',
  'local',
  'local-statements',
  'data-dynamic',
  'data-sources',
  'data-overrides',
  'jsonencode-for',
  'data-for',
  'data-flatten',
  'merge',
  'concat',
  'conditional',
  'join',
] as const;
export type DocumentStyle = (typeof documentStyles)[number];

const quote = (text: string): string => JSON.stringify(text);
const list = (items: readonly string[]): string => `[${items.join(', ')}]`;

/** An expression inside a text: a quoted one gives its text. */
const inText = (expression: string): string =>
  /^"[^"]*(?:\$\{[^}]*\}[^"]*)*"$/.test(expression) ? expression.slice(1, -1) : `\${${expression}}`;

const objectOf = ({ effect, actions, resources, condition }: Statement, single: boolean): string => {
  const resource = single && resources.length === 1 ? resources[0] : list(resources);
  const action = single && actions.length === 1 ? quote(actions[0] ?? '') : list(actions.map(quote));
  const tail =
    condition === undefined
      ? ''
      : `, Condition = { ${condition.test} = { ${quote(condition.variable)} = ${quote(condition.value)} } }`;
  return `{ Effect = "${effect}", Action = ${action}, Resource = ${resource}${tail} }`;
};

const conditionBlock = ({ condition }: Statement): string =>
  condition === undefined
    ? ''
    : `
    condition {
      test     = ${quote(condition.test)}
      variable = ${quote(condition.variable)}
      values   = [${quote(condition.value)}]
    }`;

const statementBlock = (statement: Statement, resources = list(statement.resources)): string => `  statement {
    effect    = "${statement.effect}"
    actions   = ${list(statement.actions.map(quote))}
    resources = ${resources}${conditionBlock(statement)}
  }`;

const dataBlock = (name: string, ...content: readonly string[]): string =>
  `data "aws_iam_policy_document" "${name}" {\n${content.join('\n\n')}\n}`;

const textOf = ({ effect, actions, resources, condition }: Statement): string =>
  `    { "Effect": "${effect}", "Action": ${JSON.stringify(actions)}, "Resource": [${resources
    .map((resource) => `"${inText(resource)}"`)
    .join(', ')}]${
    condition === undefined
      ? ''
      : `, "Condition": { "${condition.test}": { "${condition.variable}": "${condition.value}" } }`
  } }`;

const heredoc = (...lines: readonly string[]): string =>
  `<<-JSON\n${['{', '  "Version": "2012-10-17",', '  "Statement": [', ...lines, '  ]', '}'].map((line) => `    ${line}`).join('\n')}\n  JSON`;

const encoded = (statements: string): string => `jsonencode({ Version = "2012-10-17", Statement = ${statements} })`;

const logs: Statement = { effect: 'Allow', actions: ['logs:PutLogEvents'], resources: ['"*"'] };

/** Sids keep the statements of two documents apart. */
const withSid = (statement: Statement, sid: string): string =>
  statementBlock(statement).replace('  statement {\n', `  statement {\n    sid       = "${sid}"\n`);

type Writer = (name: string, statements: readonly Statement[]) => Document;

const json = `data.aws_iam_policy_document`;

const writers: Readonly<Record<DocumentStyle, Writer>> = {
  jsonencode: (_, statements) => ({
    blocks: [],
    expression: encoded(list(statements.map((statement) => objectOf(statement, true)))),
  }),
  heredoc: (_, statements) => ({ blocks: [], expression: heredoc(statements.map(textOf).join(',\n    ')) }),
  'heredoc-loop': (_, statements) => ({
    blocks: [],
    expression: heredoc(
      '%{~ for index, version in ["2012-10-17"] ~}',
      statements.map(textOf).join(',\n    '),
      '%{~ endfor ~}',
    ),
  }),
  data: (name, statements) => ({
    blocks: [dataBlock(name, ...statements.map((statement) => statementBlock(statement)))],
    expression: `${json}.${name}.json`,
  }),
  local: (name, statements) => ({
    blocks: [`locals {\n  ${name}_policy = ${encoded(list(statements.map((s) => objectOf(s, false))))}\n}`],
    expression: `local.${name}_policy`,
  }),
  'local-statements': (name, statements) => ({
    blocks: [`locals {\n  ${name}_statements = ${list(statements.map((s) => objectOf(s, false)))}\n}`],
    expression: encoded(`local.${name}_statements`),
  }),
  'data-dynamic': (name, statements) => ({
    blocks: [
      dataBlock(
        name,
        ...statements.map((statement) =>
          [
            '  dynamic "statement" {',
            `    for_each = ${list([`{ actions = ${list(statement.actions.map(quote))}, resources = ${list(statement.resources)} }`])}`,
            '    content {',
            `      effect    = "${statement.effect}"`,
            '      actions   = statement.value.actions',
            `      resources = statement.value.resources${conditionBlock(statement)}`,
            '    }',
            '  }',
          ].join('\n'),
        ),
      ),
    ],
    expression: `${json}.${name}.json`,
  }),
  'data-sources': (name, statements) => ({
    blocks: [
      dataBlock(`${name}_base`, ...statements.map((statement, index) => withSid(statement, `Base${index}`))),
      dataBlock(name, `  source_policy_documents = [${json}.${name}_base.json]`, withSid(logs, 'Logs')),
    ],
    expression: `${json}.${name}.json`,
  }),
  'data-overrides': (name, statements) => ({
    blocks: [
      dataBlock(`${name}_override`, ...statements.map((statement, index) => withSid(statement, `Own${index}`))),
      dataBlock(name, `  override_policy_documents = [${json}.${name}_override.json]`, withSid(logs, 'Own0')),
    ],
    expression: `${json}.${name}.json`,
  }),
  'jsonencode-for': (name, statements) => ({
    blocks: [
      `locals {\n  ${name}_allowed = { ${statements.map((s, index) => `s${index} = ${objectOf(s, false)}`).join(', ')} }\n}`,
    ],
    expression: encoded(`[for key, statement in local.${name}_allowed : statement]`),
  }),
  'data-for': (name, statements) => ({
    blocks: [dataBlock(name, ...statements.map((s) => statementBlock(s, `[for arn in ${list(s.resources)} : arn]`)))],
    expression: `${json}.${name}.json`,
  }),
  'data-flatten': (name, statements) => ({
    blocks: [dataBlock(name, ...statements.map((s) => statementBlock(s, `flatten([${list(s.resources)}, []])`)))],
    expression: `${json}.${name}.json`,
  }),
  merge: (_, statements) => ({
    blocks: [],
    expression: `jsonencode(merge({ Version = "2012-10-17" }, { Statement = ${list(statements.map((s) => objectOf(s, true)))} }))`,
  }),
  concat: (_, statements) => ({
    blocks: [],
    expression: encoded(`concat(${[...statements, logs].map((s) => list([objectOf(s, false)])).join(', ')})`),
  }),
  conditional: (_, statements) => ({
    blocks: [],
    expression: `length("on") > 0 ? ${encoded(list(statements.map((s) => objectOf(s, true))))} : null`,
  }),
  join: (_, statements) => ({
    blocks: [],
    expression: `join("", ["{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[", ${statements
      .map((statement) => `jsonencode(${objectOf(statement, false)})`)
      .join(', ",", ')}, "]}"])`,
  }),
};

/** Writes a policy document in one of the styles. */
export const writeDocument = (style: DocumentStyle, name: string, statements: readonly Statement[]): Document =>
  writers[style](name, statements);

/** Who may assume a role. */
export const writeTrust = (random: Random, name: string, { service }: Principal): Document => {
  const statement = `{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "${service}" } }`;
  if (random.chance(0.6)) return { blocks: [], expression: encoded(list([statement])) };
  const block = `  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["${service}"]
    }
  }`;
  return { blocks: [dataBlock(`${name}_trust`, block)], expression: `${json}.${name}_trust.json` };
};
