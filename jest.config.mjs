const typescript = { parser: { syntax: 'typescript' }, target: 'es2022' };

export default {
  testEnvironment: 'node',
  injectGlobals: false,
  roots: ['<rootDir>/src', '<rootDir>/modules'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', { jsc: typescript, module: { type: 'es6' } }] },
  maxWorkers: 2,
  watchman: false,
  reporters: ['default', './scripts/jest-summary-reporter.mjs'],
};
