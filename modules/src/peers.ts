/** What is optional to install with this package, because the checker does without, and needed here. */
const needed = [
  ['constructs', 'constructs'],
  ['cdktf', 'cdktf'],
  ['@cdktf/provider-aws', '@cdktf/provider-aws/lib/db-proxy/index.js'],
] as const;

const isThere = (path: string): boolean => {
  try {
    require.resolve(path);
    return true;
  } catch {
    return false;
  }
};

const missing = needed.filter(([, path]) => !isThere(path)).map(([name]) => name);

if (missing.length > 0) {
  throw new Error(
    `The constructs of rds-auth-policy need ${missing.join(', ')}. Type: npm install ${missing.join(' ')}`,
  );
}
