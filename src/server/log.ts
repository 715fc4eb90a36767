export type Level = 'info' | 'warning' | 'error';
export type Details = Readonly<Record<string, string | number | boolean>>;
export type Log = (level: Level, event: string, details?: Details) => void;

const longest = 200;

/** One JSON object a line. What comes from outside is cut, and JSON keeps it on its line; secrets are never handed over. */
export const logTo =
  (write: (text: string) => unknown, now: () => Date = () => new Date()): Log =>
  (level, event, details = {}) => {
    const cut = Object.entries(details).map(([key, value]) => [
      key,
      typeof value === 'string' ? value.slice(0, longest) : value,
    ]);
    write(`${JSON.stringify({ time: now().toISOString(), level, event, ...Object.fromEntries(cut) })}\n`);
  };
