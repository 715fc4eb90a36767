import { describe, expect, jest, test } from '@jest/globals';
import { instance } from '@viz-js/viz';
import { runMain } from '../testing/run-main.ts';

jest.setTimeout(60_000);

const large = 'testdata/drawings/two-hundred/plan.json';
const clients = 'policies/reachability/client-network-blocked/cases/pass-rules/plan.json';
const readOnly = 'testdata/scenarios/mistake-read-only-endpoint/plan.json';
const plans = ['examples/orders/plan.json', clients, readOnly, large];

const draw = async (...argv: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await runMain(['graph', ...argv]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
};

/** It has the widths of few signs only. */
const isAboutFonts = (message: string): boolean => message.includes('width of non-ASCII character');

type Graphviz = {
  readonly objects: readonly { readonly name: string; readonly label?: string }[];
  readonly edges: readonly { readonly label: string; readonly style?: string; readonly arrowhead?: string }[];
};

const viz = await instance();
const graphviz = (dot: string): Graphviz => {
  const result = viz.render(dot, { format: 'dot_json' });
  expect(result.errors.filter(({ message }) => !isAboutFonts(message))).toEqual([]);
  return JSON.parse(result.output ?? '');
};

/** What Mermaid takes for a flowchart of ours, line by line: nothing of a plan stands outside of quotes. */
const mermaidLine =
  /^(?:flowchart LR| {2}accTitle: Ways in to databases| {2}accDescr: \d+ cannot work, \d+ undecided, \d+ work\.| {2}subgraph p\d+\["[^"<>]*"\]| {4}direction LR| {2}end| {2,4}\w+(?:\[|\(\[|>|\[\[|\[\()"[^"<>]*(?:<br>[^"<>]*)?"(?:\]|\]\)|\]\]|\)\])| {2,4}\w+ (?:-->|--x|-\.->|---)(?:\|"[^"<>]*"\|)? \w+| {2}linkStyle [\d,]+ stroke:#[0-9a-f]{6},stroke-width:\dpx)$/;

const expectMermaid = (text: string): void => {
  for (const line of text.trimEnd().split('\n')) expect(line).toMatch(mermaidLine);
  expect(text.length).toBeLessThan(50_000);
};

describe('mermaid', () => {
  test('a broken way, and two that work', async () => {
    expect(await draw('examples/orders/plan.json')).toBe(`flowchart LR
  accTitle: Ways in to databases
  accDescr: 1 cannot work, 0 undecided, 2 work.
  n0["whoever has the password"]
  n1["whoever has the password"]
  n2(["IAM role<br>aws_iam_role.service"])
  n3[["RDS Proxy<br>aws_db_proxy.orders"]]
  n4[("RDS database<br>aws_db_instance.orders")]
  n2 --x|"✗ IAM as orders_app"| n3
  n3 -->|"password"| n4
  n0 -->|"✓ password as orders_migrations"| n3
  n3 -->|"✓ password"| n4
  n1 -->|"✓ password as root_admin"| n4
  linkStyle 2,3,4 stroke:#2da44e,stroke-width:2px
  linkStyle 0,1 stroke:#e5534b,stroke-width:3px
`);
  });

  test.each([...plans, plans.join(' ')])('%s is a flowchart within the limits', async (paths) => {
    expectMermaid(await draw(...paths.split(' '), '--verbose'));
  });
});

describe('dot', () => {
  test.each([...plans, plans.join(' ')])(
    '%s is read by Graphviz, with as many lines as Mermaid draws',
    async (paths) => {
      const { edges } = graphviz(await draw(...paths.split(' '), '--format', 'dot'));
      const mermaid = (await draw(...paths.split(' '))).match(/ (?:-->|--x|-\.->|---)/g);
      expect(edges).toHaveLength(mermaid?.length ?? 0);
    },
  );

  test('a bar is where it breaks, and nowhere else on the way', async () => {
    const { edges } = graphviz(await draw('examples/orders/plan.json', '--format', 'dot'));
    expect(edges.find(({ label }) => label === '✗ IAM as orders_app')).toMatchObject({
      style: 'dashed',
      arrowhead: 'tee',
    });
    const behind = edges.find(({ label, style }) => label === 'password' && style === 'dashed');
    expect(behind).toBeDefined();
    expect(behind).not.toHaveProperty('arrowhead');
  });
});

describe('what stands around', () => {
  test('clients, and further endpoints of a proxy', async () => {
    const { objects } = graphviz(await draw(clients, '--format', 'dot'));
    expect(objects.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Lambda function\\naws_lambda_function.orders', 'IAM role\\naws_iam_role.orders']),
    );
    expect(await draw(readOnly)).toContain('"proxy endpoint<br>aws_db_proxy_endpoint.reader"');
  });
});

describe('two hundred ways in', () => {
  test('what is alike is one box, what breaks stays apart', async () => {
    const text = await draw(large);
    expect(text).toContain('accDescr: 27 cannot work, 0 undecided, 173 work.');
    expect(text).toContain('"IAM role ×40<br>aws_iam_role.service#91;…#93;"');
    expect(text).toContain(
      '"IAM role<br>aws_iam_role.service#91;#34;pricing#45;webhooks#34;#93;"'.replace('#45;', '-'),
    );
    expect(text.split('\n').length).toBeLessThan(50);
  });

  test('--verbose folds nothing', async () => {
    expect((await draw(large, '--verbose')).match(/IAM role/g)).toHaveLength(64);
  });
});

describe('svg', () => {
  test.each(plans)('%s: a picture without scripts, links or anything from elsewhere', async (path) => {
    const text = await draw(path, '--format', 'svg');
    expect(text).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" .*role="img" aria-labelledby="title desc">\n<title/,
    );
    expect(text).not.toMatch(/<script|<a |href|url\(|@import|<foreignObject/);
    expect(text.match(/https?:/g)).toHaveLength(1);
    expect(text).toContain('prefers-color-scheme:dark');
  });
});

describe('a way that breaks at its first hop', () => {
  test('bars end that line alone', async () => {
    const text = await draw('examples/orders/plan.json', '--format', 'svg');
    const lines = [...text.matchAll(/<g class="edge (unreachable[^"]*)" data-from[^>]*>.*?class="head" d="([^"]*)"/g)];
    expect(lines.map(([, look]) => look).sort()).toEqual(['unreachable', 'unreachable barred']);
    // Bars are upright strokes, the head of an arrow a triangle.
    for (const [, look, head] of lines) expect(head).toMatch(look === 'unreachable' ? /^[^v]*z$/ : /v10.*v10$/);
  });
});

describe('a plan that is missing', () => {
  test.each(['mermaid', 'svg'])('%s counts nothing that was not judged', async (format) => {
    const { stdout } = await runMain(['graph', 'no-such-plan.json', '--format', format]);
    expect(stdout).toContain('There is no such file.');
    expect(stdout).not.toMatch(/0 (?:cannot work|undecided|ways? in|findings?)/);
  });
});

describe('no drawing', () => {
  test.each(['mermaid', 'dot', 'svg'])('%s of an empty plan says so', async (format) => {
    const text =
      '{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{},"resource_changes":[{"address":"null_resource.a","mode":"managed","type":"null_resource","name":"a","change":{"actions":["create"],"before":null,"after":{},"after_unknown":{}}}],"configuration":{}}';
    const { code, stdout } = await runMain(['graph', '-', '--format', format], text);
    expect(code).toBe(0);
    expect(stdout).toContain('No database and no proxy.');
  });

  test.each(['mermaid', 'dot', 'svg'])('%s of what is no plan says so, and exits 2', async (format) => {
    const { code, stdout, stderr } = await runMain(['graph', 'nowhere.json', '--format', format]);
    expect(code).toBe(2);
    expect(stdout).toContain('No answer');
    expect(stderr).toContain('nowhere.json');
  });

  test.each([
    [
      ['graph', 'p.json', '--format', 'json'],
      'The format json has no meaning for graph, which takes mermaid, dot or svg.',
    ],
    [['check', 'p.json', '--format', 'svg'], 'The format svg has no meaning for check'],
    [['graph', 'p.json', '--only', 'x'], 'The option --only has no meaning for graph.'],
  ])('%j', async (argv, message) => {
    const { code, stderr } = await runMain(argv);
    expect(code).toBe(2);
    expect(stderr.replace(/\s+/g, ' ')).toContain(message);
  });
});
