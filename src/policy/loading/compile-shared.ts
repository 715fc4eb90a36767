import { didYouMean } from '../../model/suggest.ts';
import { type Node, type Scope, type Typed, complain, nothing } from './condition-scope.ts';

/** `conditions.name`: the condition itself takes its place, so that nothing of it is left when it runs. */
export const compileShared = (node: Node<'.'>, scope: Scope): Typed => {
  const [, name] = node.args;
  const shared = scope.shared.find(name);
  if (shared === undefined) return complainOfName(node, name, scope);
  if (shared === 'cycle') return complain(node, `The condition ${name} leads back to itself.`, scope);
  const { subject, compiled } = shared;
  if (subject !== null && subject !== scope.subject) {
    return complain(node, `The condition ${name} is about a ${subject}, and this one about a ${scope.subject}.`, scope);
  }
  if (compiled === null) {
    scope.faulty.add(name);
    return nothing;
  }
  for (const judgement of compiled.judgements) scope.judgements.add(judgement);
  const { condition, canBeUnknown } = compiled;
  return { condition, type: 'boolean', canBeUnknown };
};

const complainOfName = (node: Node<'.'>, name: string, scope: Scope): Typed => {
  const { names } = scope.shared;
  const why =
    names.length === 0 ? ': no conditions.yaml in this folder or above it defines one.' : didYouMean(name, names);
  return complain(node, `There is no condition ${name}${why}`, scope);
};
