/**
 * Writes the plan of a large estate, as `terraform show -json` prints it, and says on stdout what is in it:
 *
 *   node scripts/bench/make-plan.mjs FILE RESOURCES SHARE STACKS
 *
 * SHARE (0 to 1) of the managed RESOURCES have types that the checker reads. They are STACKS copies of scenarios
 * (a database with its proxy, secret, roles, policies and security groups, about to be created), and for the rest the
 * roles, policies, attachments, security groups and functions of services that exist already. What remains are buckets,
 * queues, alarms and log groups of such services, which the checker passes over.
 *
 * The services come from `estate.generated.json`: the state and the configuration section of `estate/`, applied with
 * the schema provider (`plan.sh -a scripts/bench/estate OUT`). A plan without changes says nothing that these do not.
 *
 * A process of its own, because Linux counts what a parent has used into the peak memory of its children.
 */
import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';

const from = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const estate = from('./estate.generated.json');
const scenarios = [
  'row-tls-on-proxy-iam-required-rds-iam-on',
  'network-aurora-postgresql-jsonencode',
  'standard-aurora-mysql-managed-module',
].map((name) => from(`../../testdata/scenarios/${name}/plan.json`));

/** The module that the templates stand in, and the word in all names of theirs: what a copy replaces. */
const templateModule = 'module.service';
const templateName = 'orders';

const readTypes =
  /^aws_(db_|rds_|iam_|secretsmanager_|kms_|security_group|vpc_security_group|lambda_function|subnet|vpc$|route53_record)/;

/** JSON text of a part of a template, in the words of a copy. Ids that AWS makes end in the copy's number. */
function fill(text, { name, module, number }) {
  const digits = String(number).padStart(6, '0');
  return text
    .replaceAll(templateName, name)
    .replaceAll(templateModule, JSON.stringify(module).slice(1, -1))
    .replace(/\b(sgr?-[0-9a-f]{11}|AROA\w{11})\w{6}\b/g, (_, start) => start + digits);
}

const isManaged = ({ mode }) => mode === 'managed';

/** What a plan without changes says of resources in a state. */
function unchanged(resources) {
  const changes = resources
    .filter(isManaged)
    .map(({ values, sensitive_values: sensitive, schema_version, ...place }) => {
      const { address, ...rest } = place;
      const change = {
        actions: ['no-op'],
        before: values,
        after: values,
        after_unknown: {},
        before_sensitive: sensitive,
        after_sensitive: sensitive,
      };
      return { address, module_address: templateModule, ...rest, change };
    });
  return {
    changes,
    planned: { resources: resources.filter(isManaged), address: templateModule },
    prior: { resources, address: templateModule },
  };
}

const service = (keep) => {
  const { module, ...call } = estate.call;
  return {
    ...unchanged(estate.resources.filter(keep)),
    call: { ...call, module: { ...module, resources: module.resources.filter(keep) } },
  };
};

const inModule = (address) => (address === undefined ? templateModule : `${templateModule}.${address}`);

/** Moves a section of a scenario into the template's module, and puts the template's name into all names. */
function move(value, key = '', inValues = false) {
  if (Array.isArray(value)) return value.map((item) => move(item, key, inValues));
  if (value === null || typeof value !== 'object')
    return typeof value === 'string' ? moveText(value, key, inValues) : value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      move(item, name === 'constant_value' ? key : name, inValues || ['after', 'values', 'expressions'].includes(name)),
    ]),
  );
}

function moveText(text, key, inValues) {
  if (inValues)
    return ['name', 'role', 'user'].includes(key) && !text.includes(templateName) ? `${templateName}-${text}` : text;
  return key === 'address' ? inModule(text) : text;
}

const stack = ({ planned_values: planned, resource_changes: changes, configuration, variables = {} }) => ({
  changes: changes.map(({ address, module_address, ...rest }) => ({
    address: inModule(address),
    module_address: inModule(module_address),
    ...move(rest),
  })),
  planned: { ...move(planned.root_module), address: templateModule },
  prior: null,
  call: {
    source: './stack',
    expressions: Object.fromEntries(Object.keys(variables).map((name) => [name, { references: [`var.${name}`] }])),
    module: moveConfiguration(configuration.root_module),
  },
});

/** Addresses in the configuration section begin at their module. */
const moveConfiguration = (module) => {
  const text = JSON.stringify(move(module));
  return JSON.parse(text.replaceAll(`"address":"${templateModule}.`, '"address":"'));
};

/** The sections of a template as text, and the number of its managed resources by kind. */
const toTemplate = ({ changes, planned, prior, call }) => ({
  changes: changes.map((change) => JSON.stringify(change)).join(','),
  planned: JSON.stringify(planned),
  prior: prior && JSON.stringify(prior),
  call: JSON.stringify(call),
  size: changes.filter(isManaged).length,
  read: changes.filter((change) => isManaged(change) && readTypes.test(change.type)).length,
});

const stackTemplates = scenarios.map((plan) => toTemplate(stack(plan)));
const workers = toTemplate(service(() => true));
const stores = toTemplate(service(({ type }) => !readTypes.test(type)));

/** Every other service has a module call of its own; the others are instances of one. */
const copyService = (template, kind, number) => {
  const name = `${kind}-${String(number).padStart(5, '0')}`;
  const own = number % 2 === 0;
  return {
    template,
    number,
    name,
    call: own ? name : `${kind}s`,
    module: `module.${own ? name : `${kind}s["${name}"]`}`,
  };
};

const copyStack = (_, number) => {
  const name = `shop-${number}`;
  return {
    template: stackTemplates[number % stackTemplates.length],
    number,
    name,
    call: name,
    module: `module.${name}`,
  };
};

const sum = (copies, key) => copies.reduce((total, { template }) => total + template[key], 0);

/** Which copies of which templates make up the estate. */
function compose(resources, share, stackCount) {
  const copies = Array.from({ length: stackCount }, copyStack);
  const missing = Math.max(0, Math.round((resources * share - sum(copies, 'read')) / workers.read));
  for (let i = 0; i < missing; i++) copies.push(copyService(workers, 'worker', i));
  const rest = Math.max(0, Math.round((resources - sum(copies, 'size')) / stores.size));
  for (let i = 0; i < rest; i++) copies.push(copyService(stores, 'store', i));
  return copies;
}

/** The pieces of the file, a copy at a time: the whole is never in memory. */
function* piecesOf(copies) {
  const { format_version, terraform_version, provider_config } = estate;
  const variables = Object.assign({}, ...scenarios.map((plan) => plan.variables ?? {}));
  const declared = Object.assign({}, ...scenarios.map((plan) => plan.configuration.root_module.variables ?? {}));
  const versions = JSON.stringify({ format_version, terraform_version }).slice(0, -1);
  yield `${versions},"variables":${JSON.stringify(variables)},"planned_values":{"root_module":{"child_modules":[`;
  yield* listOf(copies, (copy) => fill(copy.template.planned, copy));
  yield ']}},"resource_changes":[';
  yield* listOf(copies, (copy) => fill(copy.template.changes, copy));
  yield `],"prior_state":${versions},"values":{"root_module":{"child_modules":[`;
  const existing = copies.filter(({ template }) => template.prior !== null);
  yield* listOf(existing, (copy) => fill(copy.template.prior, copy));
  yield `]}}},"configuration":{"provider_config":${JSON.stringify(provider_config)},"root_module":{"module_calls":{`;
  const calls = new Map(copies.map((copy) => [copy.call, copy]));
  yield* listOf([...calls.values()], (copy) => `"${copy.call}":${fill(callText(copy), copy)}`);
  yield `},"variables":${JSON.stringify(declared)}}},"timestamp":"2026-01-15T10:00:00Z"`;
  yield ',"applyable":true,"complete":true,"errored":false}\n';
}

const callText = ({ template, call, name }) =>
  call === name ? template.call : `{"for_each_expression":{"references":["local.services"]},${template.call.slice(1)}`;

function* listOf(items, textOf) {
  let separator = '';
  for (const item of items) {
    yield separator + textOf(item);
    separator = ',';
  }
}

function main([file, resources, share, stacks]) {
  const copies = compose(Number(resources), Number(share), Number(stacks));
  const descriptor = openSync(file, 'w');
  for (const piece of piecesOf(copies)) writeSync(descriptor, piece);
  closeSync(descriptor);
  const { size } = statSync(file);
  console.log(JSON.stringify({ resources: sum(copies, 'size'), read: sum(copies, 'read'), bytes: size }));
}

main(process.argv.slice(2));
