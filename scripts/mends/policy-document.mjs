// Where the statements of an IAM policy stand: in a data source, in jsonencode, or in a local that jsonencode takes.

import { elementsIn, itemsIn } from './hcl-text.mjs';

const itemNamed = (text, { from, to }, name) => itemsIn(text, from, to).find((item) => item.name === name);

/** The object that `jsonencode` is given: at hand, or as a local. */
function objectOf(configuration, file, value) {
  const text = configuration.texts.get(file);
  const written = text.slice(value.from, value.to);
  const local = /^jsonencode\(local\.(\w+)\)/.exec(written)?.[1];
  if (local === undefined)
    return { from: value.from + written.indexOf('{') + 1, to: value.from + written.lastIndexOf('}') };
  const found = itemsIn(text, 0, text.length)
    .filter(({ kind, name }) => kind === 'block' && name === 'locals')
    .map((locals) => itemNamed(text, locals, local))
    .find((item) => item !== undefined);
  return { from: found.from + 1, to: found.to - 1 };
}

function statementsIn(text, object) {
  const value = itemNamed(text, object, 'Statement');
  if (text[value.from] !== '[') return { listStart: value.from, ranges: [{ from: value.from, to: value.to }] };
  return { listStart: value.from, ranges: elementsIn(text, value.from, value.to) };
}

/** The policy document of a resource: its file, its range, and the range of each statement. */
export function documentOf(configuration, address) {
  const { file, block } = configuration.find(address);
  const text = configuration.texts.get(file);
  const value = itemNamed(text, block, 'policy');
  const data = /^data\.aws_iam_policy_document\.(\w+)\.json/.exec(text.slice(value.from, value.to))?.[1];
  if (data !== undefined) {
    const module = address.split('.').slice(0, -2).join('.');
    const source = configuration.find(`${module === '' ? '' : `${module}.`}data.aws_iam_policy_document.${data}`).block;
    const statements = itemsIn(text, source.from, source.to).filter(({ name }) => name === 'statement');
    return { file, style: 'data', from: source.from, to: source.to, statements };
  }
  const object = objectOf(configuration, file, value);
  const { listStart, ranges } = statementsIn(text, object);
  const statements = ranges.map(({ from, to }) => ({ start: from, from: from + 1, to: to - 1, end: to }));
  return { file, style: 'jsonencode', ...object, listStart, statements };
}
