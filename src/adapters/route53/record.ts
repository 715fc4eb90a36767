import type { DnsRecord } from '../../model/auth-model.ts';
import { literal } from '../../model/value.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import { argument, attribute, blocksOf, listArgument, viewOf } from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';

/** Types of which `records` holds something else than host names. */
const withoutHosts = (type: string | undefined): boolean => type !== undefined && type !== 'CNAME';

/** A record that names no host for sure is none of the model: an address, a text, a mail server. */
const adaptRecord = (resource: GraphResource): readonly DnsRecord[] => {
  const view = viewOf(resource);
  const type = argument(view, 'type');
  const records = listArgument(view, 'records');
  const alias = blocksOf(view, 'alias');
  const other = withoutHosts(literal(type));
  if (other && alias.blocks.length === 0 && alias.complete) return [];
  return [
    {
      ...entityOf(resource),
      name: argument(view, 'name'),
      fqdn: attribute(view, 'fqdn'),
      type,
      targets: {
        items: [...(other ? [] : records.items), ...alias.blocks.map((block) => argument(block, 'name'))],
        complete: (other || records.complete) && alias.complete,
        origin: records.origin,
      },
    },
  ];
};

export const record: Adapter = {
  types: ['aws_route53_record'],
  adapt: ({ graph }) => ({ dnsRecords: graph.ofType('aws_route53_record').flatMap(adaptRecord) }),
};
