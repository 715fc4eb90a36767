import type { NetworkGap } from './network.ts';

/** The rule to write where a direction is closed. */
export const networkMend = (gap: NetworkGap | null): string => {
  if (gap === null) return 'open the security groups between the proxy and its database';
  const { direction, group, peer, port } = gap;
  const name = direction === 'egress' ? 'proxy_to_database' : 'database_from_proxy';
  const other =
    peer === undefined
      ? `"the security group of the ${direction === 'egress' ? 'database' : 'proxy'}"`
      : `${peer.address}.id`;
  return [
    `resource "aws_vpc_security_group_${direction}_rule" "${name}" {`,
    `  security_group_id            = ${group.address}.id`,
    `  referenced_security_group_id = ${other}`,
    '  ip_protocol                  = "tcp"',
    `  from_port                    = ${port ?? 'PORT'}`,
    `  to_port                      = ${port ?? 'PORT'}`,
    '}',
  ].join('\n');
};
