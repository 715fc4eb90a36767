// Puts a remediation into a configuration, as it is printed: sentences say where, the lines below them go in verbatim.

import { deleteRange, elementsIn, itemsIn, replaceRange, writeInto } from './hcl-text.mjs';
import { documentOf } from './policy-document.mjs';

/** The steps of a remediation up to its first alternative: a sentence each, with its lines to type. */
export function stepsOf(remediation) {
  const steps = [];
  for (const line of remediation.split('\n')) {
    if (line.startsWith('  ')) steps.at(-1).lines.push(line.slice(2));
    else steps.push({ sentence: line, lines: [] });
  }
  const alternative = steps.findIndex(({ sentence }) => /^(Or|If)\b/.test(sentence));
  return alternative < 0 ? steps : steps.slice(0, alternative);
}

/** Lines that are SQL for the database stand in no configuration. */
export const isForConfiguration = ({ sentence }) => !/\bwith SQL:$/.test(sentence);

const address = '((?:module\\.[\\w-]+(?:\\[[^\\]]*\\])?\\.)*(?:data\\.)?\\w+\\.[\\w-]+(?:\\[[^\\]]*\\])?)';
const pattern = (source) => new RegExp(`^(?:and,? )?${source.replaceAll('ADDRESS', address)}`, 'i');

const nestedAuth = (text, block) =>
  itemsIn(text, block.from, block.to).flatMap((item) => {
    if (item.kind !== 'block') return [];
    if (item.name === 'auth') return [item];
    const content = itemsIn(text, item.from, item.to).filter(({ name }) => name === 'content');
    return item.name === 'dynamic' && item.labels[0] === 'auth' ? content : [];
  });

/** Edits each `auth` block that the secret's address picks; the last first, so that ranges stay right. */
function editAuth(configuration, where, secret, edit) {
  configuration.edit(where, (text, block) => {
    const all = nestedAuth(text, block);
    const own = all.filter(({ from, to }) => secret === undefined || text.slice(from, to).includes(`${secret}.`));
    if (own.length === 0) throw new Error(`${where} has no such auth block`);
    return own.reverse().reduce(edit, text);
  });
}

const without = (name) => (text, block) => {
  const item = itemsIn(text, block.from, block.to).find((found) => found.name === name);
  if (item === undefined) throw new Error(`no ${name} is set`);
  return deleteRange(text, item.start, item.end);
};

const valueOf = (text, statement, ...names) =>
  itemsIn(text, statement.from, statement.to).find(({ name }) => names.includes(name.toLowerCase()));

const textOf = (text, item) => (item === undefined ? '' : text.slice(item.from, item.to));

/** The statement of a carrier that allows an action on an endpoint, whatever it calls the endpoint. */
function findStatement(text, statements, action, endpoint) {
  const allowing = statements.filter((statement) => {
    const effect = textOf(text, valueOf(text, statement, 'effect'));
    return (
      !effect.includes('Deny') && textOf(text, valueOf(text, statement, 'action', 'actions')).includes(`"${action}"`)
    );
  });
  const module = endpoint
    .split('.')
    .slice(0, endpoint.startsWith('module.') ? 2 : undefined)
    .join('.');
  const [found] = allowing.filter((statement) =>
    textOf(text, valueOf(text, statement, 'resource', 'resources')).includes(`${module}.`),
  );
  if (found === undefined) throw new Error(`no statement allows ${action} on ${endpoint}`);
  return { statement: found, names: `${module}.` };
}

function writeResource(text, statement, names, line) {
  const value = valueOf(text, statement, 'resource', 'resources');
  if (text[value.from] !== '[') return replaceRange(text, value.from, value.to, line);
  const wrong = elementsIn(text, value.from, value.to).filter(({ from, to }) => text.slice(from, to).includes(names));
  const [only] = wrong;
  if (only === undefined || wrong.length > 1) throw new Error('which of the resources is wrong is not clear');
  return replaceRange(text, only.from, only.to, line);
}

const editDocument = (configuration, carrier, edit) => {
  const document = documentOf(configuration, carrier);
  configuration.texts.set(document.file, edit(configuration.texts.get(document.file), document));
};

/** The sentences that remediations are made of, each with what it means. */
const forms = [
  [
    pattern('(?:where (?:it is|they are) not there yet, )?add(?: to (\\S+?))?(?: \\(.*\\))?(?:, with .*)?:$'),
    (configuration, [, module = ''], { lines }) => configuration.add(module, lines),
  ],
  [
    pattern('in (?:the|each) auth blocks? of ADDRESS(?: for ADDRESS)? write(?:, .*)?:$'),
    (configuration, [, where, secret], { lines }) =>
      editAuth(configuration, where, secret, (text, block) => writeInto(text, block, lines)),
  ],
  [
    pattern('in (?:the|each) auth blocks? of ADDRESS(?: for ADDRESS)? delete the line that sets (\\w+)'),
    (configuration, [, where, secret, name]) => editAuth(configuration, where, secret, without(name)),
  ],
  [
    pattern('in the statement of ADDRESS that allows (\\S+) on ADDRESS, write as resource:$'),
    (configuration, [, carrier, action, endpoint], { lines: [line] }) =>
      editDocument(configuration, carrier, (text, { statements }) => {
        const { statement, names } = findStatement(text, statements, action, endpoint);
        return writeResource(text, statement, names, line);
      }),
  ],
  [
    pattern('in the statement of ADDRESS that allows (\\S+) on ADDRESS, delete the condition'),
    (configuration, [, carrier, action, endpoint]) =>
      editDocument(configuration, carrier, (text, { statements }) => {
        const { statement } = findStatement(text, statements, action, endpoint);
        const condition = valueOf(text, statement, 'condition');
        return deleteRange(text, condition.start, condition.end);
      }),
  ],
  [
    pattern('in ADDRESS replace the action (\\S+) by:$'),
    (configuration, [, carrier, action], { lines: [line] }) =>
      editDocument(configuration, carrier, (text, { from, to }) => {
        const at = text.indexOf(`"${action}"`, from);
        if (at < 0 || at > to) throw new Error(`${carrier} has no action ${action}`);
        return replaceRange(text, at, at + action.length + 2, line);
      }),
  ],
  [
    pattern('in ADDRESS delete the statement that denies (\\S+)\\.$'),
    (configuration, [, carrier, action]) =>
      editDocument(configuration, carrier, (text, { statements }) => {
        const denying = statements.find(
          (statement) =>
            textOf(text, valueOf(text, statement, 'effect')).includes('Deny') &&
            textOf(text, valueOf(text, statement, 'action', 'actions')).includes(`"${action}"`),
        );
        return deleteRange(text, denying.start, denying.end);
      }),
  ],
  [
    pattern('in the policy of ADDRESS add the statement, in jsonencode:$'),
    (configuration, [, carrier], { lines }, otherwise) =>
      editDocument(configuration, carrier, (text, document) =>
        document.style === 'data'
          ? writeInto(text, document, otherwise.lines)
          : replaceRange(text, document.listStart + 1, document.listStart + 1, `\n${lines.join('\n')},\n`),
      ),
  ],
  [
    pattern('in ADDRESS (?:write|add)(?: \\(.*\\))?(?:, .*)?:$'),
    (configuration, [, where], { lines }) => configuration.edit(where, (text, block) => writeInto(text, block, lines)),
  ],
];

/** What is said beside the edit. */
const advice =
  /^(?:or, in a data source|To |A principal of another account|Deleting the line is not enough|Let clients|Clients then|Give the IAM logins)/;

/** Carries out a remediation. A sentence that is neither an edit nor advice is a defect of the remediation. */
export function applyRemediation(configuration, remediation) {
  const steps = stepsOf(remediation).filter(isForConfiguration);
  let edits = 0;
  for (const [index, step] of steps.entries()) {
    if (advice.test(step.sentence)) continue;
    const form = forms.find(([sentence]) => sentence.test(step.sentence));
    if (form === undefined) throw new Error(`no way to do what this says: ${step.sentence}`);
    form[1](configuration, form[0].exec(step.sentence), step, steps[index + 1]);
    edits += 1;
  }
  if (edits === 0) throw new Error(`nothing to do in: ${remediation}`);
}
