/**
 * What is optional to install with this package, because the checker does without, and needed here; by what is asked of
 * npm, because CDK Terrain takes no newer `constructs`.
 */
const needed = [
  ['constructs@10.7', 'constructs'],
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
  const names = missing.map((name) => name.replace(/(?<=.)@.*/, '')).join(', ');
  throw new Error(
    `The constructs of rds-auth-policy need ${names}, which the checker does without. Type: npm install ${missing.join(' ')}`,
  );
}
