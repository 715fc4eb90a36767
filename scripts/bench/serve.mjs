/**
 * The run task server under load: tasks posted as fast as one client can, by a double of HCP Terraform, and a SIGKILL in
 * the middle. What it measures is printed by `npm run bench -- --only serve`.
 */
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const key = 'key-of-the-bench';
const patience = 1_800_000;

async function loadDouble(directory) {
  const outfile = join(directory, 'hcp-double.mjs');
  const entryPoints = [join(root, 'src/server/hcp-double.test-support.ts')];
  await build({ entryPoints, outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20' });
  return import(pathToFileURL(outfile).href);
}

async function start(directory, double, certificate, port) {
  const program = join(root, 'bin/rds-auth-policy.js');
  const hosts = [double.host, double.store].flatMap((host) => ['--allow-host', host]);
  const args = [program, 'serve', '--port', String(port), '--state-dir', join(directory, 'state'), ...hosts];
  const env = { RDS_AUTH_POLICY_HMAC_KEY: key, NODE_EXTRA_CA_CERTS: certificate.cert };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  const listening = await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const line = text.split('\n').find((found) => found.includes('"listening"'));
      if (line !== undefined) resolve(JSON.parse(line));
    });
    child.once('exit', () => reject(new Error('the server did not start')));
  });
  return { child, port: listening.port };
}

/** Megabytes at the most that the process has held so far; Linux tells it. */
function peakOf({ pid }) {
  const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1000;
}

/** Posts until it is answered with 200, and says how long that answer took. */
async function acknowledge(postOnce, url, body) {
  const signature = createHmac('sha512', key).update(body).digest('hex');
  for (;;) {
    const begin = performance.now();
    if ((await postOnce(url, body, signature)) === 200) return performance.now() - begin;
    await setTimeout(200);
  }
}

const isDone = ({ status }) => status === 'passed' || status === 'failed';
const finals = ({ callbacks }) => callbacks.filter(({ data }) => data.attributes.status !== 'running').length;

/** What became of `count` tasks that each have this plan. */
export async function measureServer(directory, plan, count) {
  const { makeCertificate, postOnce, startDouble } = await loadDouble(directory);
  const certificate = makeCertificate(directory);
  const double = await startDouble(certificate, patience);
  const first = await start(directory, double, certificate, 0);
  const url = `http://127.0.0.1:${first.port}/runtask`;
  const runs = Array.from({ length: count }, () => double.start({ stage: 'post_plan', plan }));
  const begin = performance.now();
  const times = await Promise.all(runs.map((run) => acknowledge(postOnce, url, JSON.stringify(double.payloadOf(run)))));
  const posted = performance.now() - begin;
  while (runs.filter(isDone).length < count / 2) await setTimeout(50);
  const peaks = [peakOf(first.child)];
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  const second = await start(directory, double, certificate, first.port);
  await Promise.all(runs.map(({ ended }) => ended));
  const whole = performance.now() - begin;
  peaks.push(peakOf(second.child));
  second.child.kill('SIGTERM');
  await once(second.child, 'exit');
  double.close();
  const sorted = times.sort((a, b) => a - b);
  return {
    posted,
    whole,
    median: sorted[Math.floor(count / 2)],
    p99: sorted[Math.ceil(count * 0.99) - 1],
    peak: Math.max(...peaks),
    once: runs.filter((run) => finals(run) === 1).length,
  };
}
