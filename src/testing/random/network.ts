import type { Draft, Style } from './draft.ts';

type Rule = {
  readonly name: string;
  readonly direction: 'ingress' | 'egress';
  readonly of: string;
  readonly other: string;
  readonly port: number;
};

const rulesOf = ({ facts }: Draft): readonly Rule[] => {
  const { network, port } = facts;
  if (network === null) return [];
  return [
    { name: 'app_to_proxy', direction: 'egress', of: 'app', other: 'proxy', port },
    { name: 'proxy_from_app', direction: 'ingress', of: 'proxy', other: 'app', port },
    ...(network.intoDatabase
      ? [
          {
            name: 'database_from_proxy',
            direction: 'ingress',
            of: 'database',
            other: 'proxy',
            port: network.databasePort,
          } as const,
        ]
      : []),
    ...(network.outOfProxy
      ? [{ name: 'proxy_to_database', direction: 'egress', of: 'proxy', other: 'database', port } as const]
      : []),
  ];
};

const ruleText = (style: Style['rules'], { name, direction, of, other, port }: Rule): string =>
  style === 'rule'
    ? `resource "aws_security_group_rule" "${name}" {\n  type = "${direction}"\n  security_group_id = aws_security_group.${of}.id\n  source_security_group_id = aws_security_group.${other}.id\n  protocol = "tcp"\n  from_port = ${port}\n  to_port = ${port}\n}`
    : `resource "aws_vpc_security_group_${direction}_rule" "${name}" {${
        style === 'vpc-for-each' ? `\n  for_each = { tcp = { port = ${port} } }` : ''
      }\n  security_group_id = aws_security_group.${of}.id\n  referenced_security_group_id = aws_security_group.${other}.id\n  ip_protocol = "tcp"\n  from_port = ${
        style === 'vpc-for-each' ? 'each.value.port' : port
      }\n  to_port = ${style === 'vpc-for-each' ? 'each.value.port' : port}\n}`;

/** A group inside another's block must be there first: what goes out goes everywhere then. */
const inlineRules = (rules: readonly Rule[]): string =>
  rules
    .map(({ direction, other, port }) =>
      [
        `\n  dynamic "${direction}" {`,
        `    for_each = [${port}]`,
        '    content {',
        `      from_port = ${direction}.value`,
        `      to_port = ${direction}.value`,
        '      protocol = "tcp"',
        direction === 'egress'
          ? '      cidr_blocks = ["0.0.0.0/0"]'
          : `      security_groups = [aws_security_group.${other}.id]`,
        '    }',
        '  }',
      ].join('\n'),
    )
    .join('');

export const addNetwork = (draft: Draft): void => {
  const rules = rulesOf(draft);
  if (draft.facts.network === null) return;
  const inline = draft.style.rules === 'inline';
  for (const group of ['app', 'proxy', 'database']) {
    const own = inline ? inlineRules(rules.filter(({ of }) => of === group)) : '';
    draft.body.push(
      `resource "aws_security_group" "${group}" {\n  name = "${group}"\n  vpc_id = "vpc-0123456789abcdef0"${own}\n}`,
    );
  }
  if (!inline) draft.body.push(...rules.map((rule) => ruleText(draft.style.rules, rule)));
};
