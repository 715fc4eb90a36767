import { describe, expect, test } from '@jest/globals';
import type { Connection } from '../../model/connection.ts';
import type { Report } from '../../model/report.ts';
import type { Surroundings } from '../../model/surroundings.ts';
import { report } from '../report.test-support.ts';
import { buildGraph } from './build.ts';
import { foldGraph } from './fold.ts';
import { layOutGraph } from './layout.ts';
import { limitGraph } from './limit.ts';
import type { Graph } from './model.ts';
import { shortened, splitAddress, withoutKeys } from './names.ts';

const [broken, undecided, works] = report.connections;
const withWays = (connections: readonly (Connection | undefined)[]): Report => ({
  ...report,
  matrix: [],
  connections: connections.filter((one) => one !== undefined),
});
const namesOf = ({ nodes }: Graph): readonly string[] => nodes.map(({ name }) => name);
const linesOf = ({ nodes, edges }: Graph): readonly string[] => {
  const nameOf = (id: string): string => nodes.find((node) => node.id === id)?.name ?? id;
  return edges.map(
    ({ from, to, label, verdict, mark }) => `${nameOf(from)} > ${nameOf(to)} | ${label} | ${verdict} | ${mark}`,
  );
};

describe('what is drawn', () => {
  test.each<readonly [string, readonly (Connection | undefined)[], readonly string[]]>([
    [
      'a way through a proxy, broken at its first hop and undecided at its second',
      [broken],
      [
        'aws_iam_role.orders > aws_db_proxy.main | IAM as app | unreachable | broken',
        'aws_db_proxy.main > aws_db_instance.main | password | unreachable | unknown',
      ],
    ],
    [
      'a direct way of a principal that nobody can see',
      [undecided],
      ['principal not in view > aws_db_instance.main | IAM | unknown | unknown'],
    ],
    [
      'a direct way by password',
      [works],
      ['whoever has the password > aws_db_instance.main | password as root_admin | reachable | ok'],
    ],
    [
      'two users on the same way as one line',
      [works, works && { ...works, id: 'c4', user: 'other' }],
      ['whoever has the password > aws_db_instance.main | password | reachable | ok'],
    ],
    [
      'the same hop with two verdicts as two lines',
      [works, works && { ...works, id: 'c4', verdict: 'unknown' }],
      [
        'whoever has the password > aws_db_instance.main | password as root_admin | reachable | ok',
        'whoever has the password > aws_db_instance.main | password as root_admin | unknown | ok',
      ],
    ],
    [
      'a proxy and a database that are not in view',
      [broken && { ...broken, proxy: null, database: null }],
      [
        'aws_iam_role.orders > proxy not in view | IAM as app | unreachable | broken',
        'proxy not in view > database not in view | password | unreachable | unknown',
      ],
    ],
  ])('%s', (_, connections, lines) => {
    expect(linesOf(buildGraph(withWays(connections)))).toEqual(lines);
  });

  test('what stands there and is no way in', () => {
    const graph = buildGraph({ ...report, connections: [] });
    expect(linesOf(graph)).toEqual([
      'aws_db_proxy.lost > database not in view | target | null | ok',
      'module.a_rather_long_name["key"].aws_db_proxy.main > aws_db_instance.main | target | null | ok',
    ]);
  });

  const around = (rest: Partial<Surroundings>): Surroundings => ({ clients: [], endpoints: [], ...rest });
  const lambda = { address: 'aws_lambda_function.a', kind: 'lambda', endpoint: 'aws_db_proxy_endpoint.r' } as const;

  test('a client, and the endpoint that it uses', () => {
    const graph = buildGraph(
      withWays([broken]),
      around({
        clients: [{ ...lambda, connections: ['c1'] }],
        endpoints: [
          { address: 'aws_db_proxy_endpoint.r', proxy: 'aws_db_proxy.main', targetRole: 'READ_WRITE' },
          { address: 'aws_db_proxy_endpoint.idle', proxy: 'aws_db_proxy.main', targetRole: 'READ_ONLY' },
        ],
      }),
    );
    expect(linesOf(graph)).toEqual([
      'aws_iam_role.orders > aws_db_proxy_endpoint.r | IAM as app | unreachable | broken',
      'aws_db_proxy_endpoint.r > aws_db_proxy.main |  | unreachable | ok',
      'aws_db_proxy.main > aws_db_instance.main | password | unreachable | unknown',
      'aws_lambda_function.a > aws_iam_role.orders | runs as | null | ok',
      'aws_db_proxy_endpoint.idle > aws_db_proxy.main | read-only | null | ok',
    ]);
  });

  test('clients that have the password begin themselves', () => {
    const graph = buildGraph(
      withWays([works]),
      around({ clients: [{ ...lambda, endpoint: null, connections: ['c3'] }] }),
    );
    expect(linesOf(graph)).toEqual([
      'aws_lambda_function.a > aws_db_instance.main | password as root_admin | reachable | ok',
    ]);
  });
});

describe('what is alike is one', () => {
  const instance = (key: string, rest: Partial<Connection> = {}): Connection | undefined =>
    works && {
      ...works,
      id: `w-${key}`,
      path: 'iam-rds',
      principal: `aws_iam_role.service["${key}"]`,
      database: `module.${key}["a.b"].aws_db_instance.main["${key}"]`.replace(`module.${key}`, 'module.team'),
      user: key,
      ...rest,
    };
  const keys = ['one', 'two', 'three', 'four', 'five'];

  test('instances with ways of their own are one way', () => {
    const graph = foldGraph(buildGraph(withWays(keys.map((key) => instance(key)))));
    expect(linesOf(graph)).toEqual([
      'aws_iam_role.service[…] > module.team[…].aws_db_instance.main[…] | IAM | reachable | ok',
    ]);
    expect(graph.nodes.map(({ members }) => members.length)).toEqual([5, 5]);
    expect(graph.edges.map(({ connections }) => connections.length)).toEqual([5]);
  });

  test('the one that is broken stays by itself', () => {
    const graph = foldGraph(
      buildGraph(withWays([...keys.map((key) => instance(key)), instance('six', { verdict: 'unreachable' })])),
    );
    expect(namesOf(graph)).toContain('aws_iam_role.service["six"]');
    expect(graph.nodes.find(({ name }) => name === 'aws_iam_role.service[…]')?.members).toHaveLength(5);
  });

  test('principals of any name that do the same are one from four on', () => {
    const to = (name: string) =>
      instance(name, {
        principal: `arn:aws:iam::123456789012:role/${name}`,
        database: 'aws_db_instance.a',
        user: 'app',
      });
    const fold = (count: number) => namesOf(foldGraph(buildGraph(withWays(keys.slice(0, count).map(to)))));
    expect(fold(3)).toHaveLength(4);
    expect(fold(5)).toEqual(['5 principals', 'aws_db_instance.a']);
  });

  test('no way in is lost', () => {
    const { connections } = report;
    const drawn = foldGraph(buildGraph(report)).edges.flatMap((edge) => edge.connections);
    expect(new Set(drawn)).toEqual(new Set(connections.map(({ id }) => id)));
  });
});

describe('where it stands', () => {
  const { nodes, edges, width, height, columns } = layOutGraph(buildGraph(report));

  test('every kind has its column, and nothing stands on another or outside', () => {
    for (const node of nodes) {
      expect(node.x).toBe(columns.find(({ kind }) => kind === node.kind)?.x);
      expect(node.x > 0 && node.x < width && node.y > 0 && node.y < height).toBe(true);
      for (const other of nodes) {
        if (other !== node && other.x === node.x) expect(Math.abs(other.y - node.y)).toBeGreaterThan(50);
      }
    }
  });

  test('every line runs to the right', () => {
    expect(edges.length).toBeGreaterThan(4);
    for (const { points } of edges)
      expect(points.every(({ x }, index) => index === 0 || x >= (points[index - 1]?.x ?? 0))).toBe(true);
  });
});

describe('limits', () => {
  test('what breaks is kept, and what is left out is counted', () => {
    const graph = buildGraph(report);
    const { graph: kept, left } = limitGraph(graph, 2);
    expect(kept.edges.map(({ verdict }) => verdict)).toEqual(['unreachable', 'unreachable']);
    expect(left).toBe(2);
    expect(limitGraph(graph, 100)).toEqual({ graph, left: 0 });
  });
});

describe('names', () => {
  test.each([
    ['aws_db_proxy.main', '', 'aws_db_proxy', 'main'],
    ['module.a["x.y"].module.b.aws_db_proxy.main["k.l"]', 'module.a["x.y"].module.b', 'aws_db_proxy', 'main["k.l"]'],
    ['module.a["x]\\"y"].aws_db_proxy.main[0]', 'module.a["x]\\"y"]', 'aws_db_proxy', 'main[0]'],
    ['data.aws_db_proxy.main', '', 'aws_db_proxy', 'main'],
    ['arn:aws:iam::123456789012:role/a.b', '', '', 'arn:aws:iam::123456789012:role/a.b'],
    ['deploy', '', '', 'deploy'],
    ['', '', '', ''],
  ])('%s', (address, module, type, name) => {
    expect(splitAddress(address)).toEqual({ module, type, name });
  });

  test('without keys', () => {
    expect(withoutKeys('module.a["x]\\"y"].aws_db_proxy.main[0]')).toBe('module.a[…].aws_db_proxy.main[…]');
  });

  test('cut in the middle, and never within a character', () => {
    expect(shortened('abcdefghij', 5)).toBe('ab…ij');
    expect(shortened('😀😀😀😀😀😀', 3)).toBe('😀…😀');
    expect(shortened('abc', 3)).toBe('abc');
  });
});
