import type { ConfigBlock, ConfigBody } from './config-body.ts';

/**
 * A body with what an override file says: its arguments win, and its nested blocks take the place of all those of their
 * type; those of `lifecycle` come together, since each argument is of its own. Source: Terraform language, "Override Files", merging behaviour.
 */
export const mergeOverride = (before: ConfigBody, after: ConfigBody): ConfigBody => {
  const replaced = new Set(after.blocks.map(kindOf).filter((kind) => kind !== 'lifecycle'));
  return {
    attributes: new Map([...before.attributes, ...after.attributes]),
    blocks: [...before.blocks.filter((block) => !replaced.has(kindOf(block))), ...after.blocks],
    syntax: after.syntax,
  };
};

/** A `dynamic` block is one of the type that it makes. */
const kindOf = ({ type, labels }: ConfigBlock): string => (type === 'dynamic' ? (labels[0] ?? '') : type);
