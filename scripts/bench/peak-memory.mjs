/**
 * Preloaded by `node --import` into the process to be measured: at its end writes its peak memory, in KB, into the file
 * that BENCH_MEMORY_FILE names. Where there is /proc it asks that: `maxRSS` there also counts the parent at the time
 * of the fork.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const peak = () => {
  try {
    return Number(/^VmHWM:\s*(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
};

process.on('exit', () => writeFileSync(process.env.BENCH_MEMORY_FILE, String(peak())));
