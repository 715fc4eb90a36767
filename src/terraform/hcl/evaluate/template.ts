import { joinOrigins } from '../../origins.ts';
import { placeAt } from '../lines.ts';
import { type Stretch, literalStretch, stretchOf, textOfStretches } from '../made-from.ts';
import type { Place, Symbolic } from '../symbolic.ts';
import type { TemplatePiece } from '../syntax.ts';
import { isFailure, originsOf, sensitiveLike, unknownFrom } from '../values.ts';
import { elementsOf, openOrder } from './elements.ts';
import { type Evaluate, type Scope, bindPair } from './scope.ts';

type Stretches = readonly Stretch[];

/** What a template is rendered with; `values` collects what its parts come from. */
type Rendering = { readonly evaluate: Evaluate; readonly values: Symbolic[] };

/** `"${x}"` alone is x itself, whatever it is. */
export const templateValue = (parts: readonly TemplatePiece[], scope: Scope, evaluate: Evaluate): Symbolic => {
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'interpolation') return evaluate(only.value, scope);
  const values: Symbolic[] = [];
  const stretches = renderAll(parts, scope, { evaluate, values });
  const failed = values.find(isFailure);
  if (failed !== undefined) return failed;
  const value =
    stretches === null ? unknownFrom(joinOrigins(values.map((item) => originsOf(item)))) : textOfStretches(stretches);
  return sensitiveLike(value, values);
};

/** The value with the place where the text takes it in, unless that is known more closely. */
const takenIn = (value: Symbolic, place: Place): Symbolic => {
  if ((value.kind === 'known' || value.kind === 'unknown') && value.exactly !== undefined) {
    return { ...value, exactly: { place, ...value.exactly } };
  }
  if ((value.kind !== 'known' && value.kind !== 'text') || value.from === undefined) return value;
  return { ...value, from: value.from.map((reference) => ({ place, ...reference })) };
};

/** Null where a part can be no text, or nobody can say which parts there are. All are gone through for what they refer to. */
const renderAll = (parts: readonly TemplatePiece[], scope: Scope, rendering: Rendering): Stretches | null => {
  const rendered = parts.map((part) => renderPiece(part, scope, rendering));
  return joinAll(rendered);
};

const joinAll = (rendered: readonly (Stretches | null)[]): Stretches | null => {
  const whole = rendered.filter((stretches) => stretches !== null);
  return whole.length === rendered.length ? whole.flat() : null;
};

const renderPiece = (part: TemplatePiece, scope: Scope, rendering: Rendering): Stretches | null => {
  switch (part.kind) {
    case 'text':
      return [literalStretch(part.text)];
    case 'interpolation': {
      const value = takenIn(rendering.evaluate(part.value, scope), placeAt(scope.file, part.span));
      rendering.values.push(value);
      const stretch = stretchOf(value);
      return stretch === null ? null : [stretch];
    }
    case 'if':
      return renderChoice(part, scope, rendering);
    case 'for':
      return renderLoop(part, scope, rendering);
  }
};

const renderChoice = (
  { condition, then, otherwise }: Extract<TemplatePiece, { kind: 'if' }>,
  scope: Scope,
  rendering: Rendering,
): Stretches | null => {
  const chosen = rendering.evaluate(condition, scope);
  rendering.values.push(chosen);
  if (chosen.kind === 'known') return renderAll(String(chosen.value) === 'true' ? then : otherwise, scope, rendering);
  renderAll(then, scope, rendering);
  renderAll(otherwise, scope, rendering);
  return null;
};

const renderLoop = (
  { keyName, valueName, collection, body }: Extract<TemplatePiece, { kind: 'for' }>,
  scope: Scope,
  rendering: Rendering,
): Stretches | null => {
  const over = rendering.evaluate(collection, scope);
  const elements = elementsOf(over);
  const isOpen = elements === null || openOrder(over) !== undefined;
  if (isOpen) rendering.values.push(over);
  const rendered = (elements ?? []).map(([key, value]) =>
    renderAll(body, bindPair(scope, { keyName, valueName }, key, value), rendering),
  );
  return isOpen ? null : joinAll(rendered);
};
