import { describe } from '@jest/globals';
import { type Row, testRows } from '../testing/hostile-rows.ts';
import { genuine } from '../testing/mutations.ts';

// Genuine plans whose names are those of JavaScript, or unprintable, or lead in circles.

const plan = genuine('testdata/scenarios/mistake-grant-proxy-name/plan.json');
const noPassword = genuine('testdata/scenarios/mistake-secret-without-password/plan.json');
const module = genuine('testdata/scenarios/end-to-end-mysql-local-module/plan.json');

const proxyConfig = 'config aws_db_proxy.main:';
const rootConfig = 'configuration.root_module';

const withName = (name: string): string =>
  plan.text
    .replaceAll('aws_db_proxy.main', JSON.stringify(`aws_db_proxy.${name}`).slice(1, -1))
    .replaceAll('"type":"aws_db_proxy","name":"main"', `"type":"aws_db_proxy","name":${JSON.stringify(name)}`);
const withModule = (name: string): string =>
  module.text.replaceAll('module.proxy', `module.${name}`).replaceAll('"proxy":{"source"', `"${name}":{"source"`);
const withVariable = (name: string): string =>
  module.text
    .replaceAll('"var.role_arn"', `"var.${name}"`)
    .replaceAll('"role_arn":{"references":["aws_iam', `"${name}":{"references":["aws_iam`);
const withOutput = (name: string): string =>
  module.text
    .replaceAll('"resource_id":{"expression"', `"${name}":{"expression"`)
    .replaceAll('module.proxy.resource_id', `module.proxy.${name}`);

const reserved = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
const names: readonly Row[] = [
  ...reserved.map((name): Row => [`a proxy called ${name}`, plan, withName(name), 'same']),
  ...reserved.map((name): Row => [`a module called ${name}`, module, withModule(name), 'same']),
  ...reserved.map((name): Row => [`an input called ${name}`, module, withVariable(name), 'same']),
  ...reserved.map((name): Row => [`an output called ${name}`, module, withOutput(name), 'same']),
  [
    'a variable called __proto__',
    plan,
    plan.text.replaceAll('"variables":{', '"variables":{"__proto__":{"value":"x"},'),
    'same',
  ],
  [
    'an attribute called __proto__',
    plan,
    plan.text.replaceAll('"after":{', '"after":{"__proto__":{"require_tls":false},'),
    'same',
  ],
  [
    'a flag called __proto__',
    plan,
    plan.text.replaceAll('"after_unknown":{', '"after_unknown":{"__proto__":true,'),
    'same',
  ],
  [
    'a provider called constructor',
    plan,
    plan.text.replaceAll('"provider_config_key":"aws"', '"provider_config_key":"constructor"'),
    'judged',
  ],
  [
    'a password called __proto__',
    noPassword,
    noPassword.text.replaceAll('"secret_string":"{', '"secret_string":"{\\"__proto__\\":{\\"password\\":\\"x\\"},'),
    'same',
  ],
  ['NUL in a name', plan, withName('ma\u0000in'), 'same'],
  ['a lone surrogate in a name', plan, withName('ma\ud800in'), 'same'],
  ['an escape sequence in a name', plan, withName('\u001b[2J\u202emain'), 'same'],
  ['a line break in a name', plan, withName('main\nerror: all is well'), 'same'],
  ['a name of 1 MB', plan, withName('m'.repeat(1e6)), 'same'],
];

const cycle = (from: typeof plan, path: string, reference: string): string =>
  from.put(path, { references: [reference] });
const fanOut = (text: string): string => {
  const outputs = Array.from(
    { length: 40 },
    (_, i) => `"o${i}":{"expression":{"references":["var.a${i}","var.b${i}"]}}`,
  );
  const inputs = Array.from({ length: 40 }, (_, i) =>
    ['a', 'b'].map((side) => `"${side}${i}":{"references":["module.proxy.o${i + 1}"]}`),
  );
  return text
    .replace('"outputs":{', `"outputs":{${outputs},`)
    .replace('"source":"./modules/proxy","expressions":{', `"source":"./modules/proxy","expressions":{${inputs},`)
    .replaceAll('["module.proxy.resource_id","module.proxy"]', '["module.proxy.o0","module.proxy"]');
};

/** Nothing sets what they include, so that each includes itself in four ways. */
const unknownDocuments = (text: string): string =>
  text.replaceAll(/"after_unknown":\{"id":true,"json":true[^}]*\}\]\}/g, '"after_unknown":true');

const documentNames = ['orders_connect', 'proxy_secrets', 'reporting_connect'];

const includeEachOther = (text: string): string => {
  const references = documentNames.map((name) => `"data.aws_iam_policy_document.${name}.json"`);
  const included = Array.from({ length: 10 }, () => references.join()).join();
  return text
    .replaceAll(
      '"after_unknown":{"id":true,"json":true',
      '"after_unknown":{"source_policy_documents":true,"id":true,"json":true',
    )
    .replaceAll(
      '"expressions":{"statement":',
      `"expressions":{"source_policy_documents":{"references":[${included}]},"statement":`,
    );
};

const circles: readonly Row[] = [
  [
    'an input that is its own output',
    module,
    cycle(module, `${rootConfig}.module_calls.proxy.expressions.role_arn`, 'module.proxy.arn').replace(
      '"arn":{"expression":{"references":["aws_db_proxy.main.arn","aws_db_proxy.main"]}}',
      '"arn":{"expression":{"references":["var.role_arn"]}}',
    ),
    'judged',
  ],
  [
    'an output that is itself',
    module,
    cycle(module, `${rootConfig}.module_calls.proxy.module.outputs.resource_id.expression`, 'module.proxy.resource_id'),
    'judged',
  ],
  ['inputs and outputs that double forty times', module, fanOut(module.text), 'judged'],
  [
    'a role that is its own',
    plan,
    cycle(plan, `${proxyConfig} expressions.role_arn`, 'aws_db_proxy.main.role_arn'),
    'judged',
  ],
  [
    'a target that names itself',
    plan,
    cycle(plan, 'config aws_db_proxy_target.main: expressions.db_proxy_name', 'aws_db_proxy_target.main.db_proxy_name'),
    'judged',
  ],
  [
    'a version that is its own secret',
    plan,
    cycle(
      plan,
      'config aws_secretsmanager_secret_version.app: expressions.secret_id',
      'aws_secretsmanager_secret_version.app.secret_id',
    ),
    'judged',
  ],
  [
    'a policy document that includes itself',
    plan,
    plan
      .put('config data.aws_iam_policy_document.orders_connect: expressions.source_policy_documents', {
        references: ['data.aws_iam_policy_document.orders_connect.json'],
      })
      .replaceAll(
        '"after_unknown":{"id":true,"json":true',
        '"after_unknown":{"source_policy_documents":true,"id":true,"json":true',
      ),
    'judged',
  ],
  ['policy documents of which all is unknown', plan, unknownDocuments(plan.text), 'answered'],
  ['policy documents that include each other ten times over', plan, includeEachOther(plan.text), 'judged'],
  [
    'a repetition over itself',
    plan,
    plan.put(`${proxyConfig} for_each_expression`, { references: ['aws_db_proxy.main', 'each.value'] }),
    'same',
  ],
  [
    'references to 100,000 things',
    plan,
    plan.put(`${proxyConfig} expressions.role_arn`, {
      references: Array.from({ length: 1e5 }, (_, i) => `aws_iam_role.r${i}.arn`),
    }),
    'judged',
  ],
  [
    '100,000 unclosed brackets in a reference',
    plan,
    cycle(plan, `${proxyConfig} expressions.role_arn`, `aws_iam_role.proxy${'["'.repeat(1e5)}`),
    'judged',
  ],
];

describe('names', () => testRows(names));
describe('circles', () => testRows(circles));
