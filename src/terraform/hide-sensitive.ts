import type { AuthModel } from '../model/auth-model.ts';
import type { Guide, GuideValue } from '../model/guide.ts';
import type { ResourceGraph } from './graph.ts';
import { type Json, isObject } from './json.ts';

/**
 * AWS makes host names and ARNs of identifiers, and Terraform does not mark what the provider computes from a sensitive
 * value. What holds a sensitive text is hidden like the text itself; a short one could be in anything, so that it is
 * looked for only in the resource that it stands in.
 */
export type SensitiveTexts = {
  readonly everywhere: readonly string[];
  readonly inResource: ReadonlyMap<string, readonly string[]>;
};

const longEnough = 6;
const tooShort = 2;

export const sensitiveTexts = (graph: ResourceGraph): SensitiveTexts => {
  const resources = graph.documents.flatMap(({ instances }) => [...instances.values()].flat());
  const inResource = new Map(
    resources.map(({ id, values, sensitive }) => [
      id,
      textsIn(values, sensitive).filter((text) => text.length > tooShort),
    ]),
  );
  const all = new Set([...inResource.values()].flat());
  return { everywhere: [...all].filter((text) => text.length >= longEnough), inResource };
};

const textsIn = (value: Json | undefined, flags: Json | undefined): readonly string[] => {
  if (flags === undefined || flags === false || value === undefined) return [];
  if (typeof value === 'string') return flags === true ? [value] : [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => textsIn(item, Array.isArray(flags) ? flags[index] : flags));
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => textsIn(child, isObject(flags) ? flags[key] : flags));
};

const holds = (text: string, texts: readonly string[]): boolean => texts.some((sensitive) => text.includes(sensitive));

/** The model without values that hold a sensitive text: they are unknown. */
export const hideInModel = (model: AuthModel, { everywhere, inResource }: SensitiveTexts): AuthModel => {
  const { complete, cut, judgedInput, ...lists } = model;
  const hidden = Object.entries(lists).map(([name, list]) => [
    name,
    list.map((entity) => {
      const own = inResource.get('id' in entity ? entity.id : entity.resource) ?? [];
      const texts = [...new Set([...everywhere, ...own])];
      return texts.length === 0 ? entity : hide(entity, texts);
    }),
  ]);
  return { complete, cut, judgedInput, ...Object.fromEntries(hidden) };
};

const hide = (value: unknown, texts: readonly string[]): unknown => {
  if (Array.isArray(value)) return value.map((item) => hide(item, texts));
  if (typeof value !== 'object' || value === null) return value;
  if ('kind' in value && value.kind === 'known' && 'value' in value && 'origin' in value) {
    const isHidden = typeof value.value === 'string' && holds(value.value, texts);
    return isHidden ? { kind: 'unknown', origin: value.origin, references: [], trailEnds: [] } : value;
  }
  const kept = Object.entries(value).filter(([key, child]) => key !== 'template' || !isHiddenTemplate(child, texts));
  return Object.fromEntries(kept.map(([key, child]) => [key, hide(child, texts)]));
};

const isHiddenTemplate = (template: unknown, texts: readonly string[]): boolean =>
  Array.isArray(template) && template.some((part) => typeof part === 'string' && holds(part, texts));

/** A guide without them: the reader is told what to put in their place. */
export const hideInGuide = (guide: Guide, { inResource }: SensitiveTexts): Guide => {
  const texts = [...inResource.values()].flat();
  const shown = (value: GuideValue): GuideValue =>
    value.kind === 'known' && holds(value.text, texts) ? { kind: 'not-in-view' } : value;
  return {
    ...guide,
    host: shown(guide.host),
    region: shown(guide.region),
    secret: guide.secret !== null && holds(guide.secret, texts) ? null : guide.secret,
  };
};
