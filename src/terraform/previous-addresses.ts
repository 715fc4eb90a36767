import { arrayAt, stringAt } from './json.ts';
import type { DetectedDocument } from './plan/detect.ts';

/**
 * The addresses that a resource had before it was moved, the latest first: by the plan, which says it once, before the
 * move is applied, and by the `moved` blocks of the source, which stay. Source: Terraform's JSON output format,
 * `previous_address`.
 */
export const previousAddresses = ({ json, source }: DetectedDocument): ((address: string) => readonly string[]) => {
  const planned = new Map(
    arrayAt(json, 'resource_changes').flatMap((change) => {
      const [address, previous] = [stringAt(change, 'address'), stringAt(change, 'previous_address')];
      return address === undefined || previous === undefined ? [] : [[address, previous] as const];
    }),
  );
  return (address) => {
    const own = planned.get(address);
    return [...new Set([...(own === undefined ? [] : [own]), ...(source?.previousAddresses(address) ?? [])])];
  };
};
