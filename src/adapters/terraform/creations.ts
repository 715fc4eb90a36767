import type { Creation } from '../../model/auth-model.ts';
import { dependenciesOf } from '../../terraform/dependencies-of.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';

const target = 'aws_db_proxy_target';

/** What a proxy needs when its target is registered. */
const needed = [
  'aws_secretsmanager_secret_version',
  'aws_iam_role_policy',
  'aws_iam_role_policy_attachment',
  'aws_iam_policy_attachment',
];

const isCreated = ({ action, document }: GraphResource): boolean =>
  document.judged && (action === 'create' || action === 'replace');

/** Only of plans that register a target: nothing else asks in which order things are made. */
export const creations: Adapter = {
  types: [target, ...needed],
  adapt: ({ graph }) => {
    const targets = graph.ofType(target).filter(isCreated);
    if (targets.length === 0) return {};
    const others = needed.flatMap((type) => graph.ofType(type)).filter(isCreated);
    const types = new Set(needed);
    return {
      creations: [
        ...targets.map((resource): Creation => {
          const { resources, complete } = dependenciesOf(resource);
          const waitsFor = [...resources].filter((address) => types.has(typeIn(address))).sort();
          return { ...entityOf(resource), waitsFor, complete };
        }),
        ...others.map((resource): Creation => ({ ...entityOf(resource), waitsFor: [], complete: true })),
      ],
    };
  },
};

const typeIn = (address: string): string => address.split('.').at(-2) ?? '';
