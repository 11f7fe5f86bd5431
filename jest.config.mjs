/** Packages that are ES modules only, which jest does not load by itself. */
const MODULES_ONLY = ['oauth4webapi', 'qr', 'lean-qr'];

const transformer = '<rootDir>/test/config/esbuild-transform.cjs';
const shared = {
  transform: {
    '\\.ts$': transformer,
    [`node_modules/(${MODULES_ONLY.join('|')})/.+\\.m?js$`]: transformer,
  },
  transformIgnorePatterns: [`node_modules/(?!(${MODULES_ONLY.join('|')})/)`],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json'],
  // The built copies of the functions' package.json carry the same names as their sources.
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

// The commands speak English to tests, whatever this machine speaks.
process.env['LC_ALL'] = 'C';

/** @type {import('jest').Config} */
export default {
  // Two cores serve the tests and the functions that they call: more workers only make everything
  // wait.
  maxWorkers: 2,
  // The temporary folder, where it would be, is another one for each `npm test`.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  // How long a test takes on a machine that does other things too says nothing: this ends only what
  // would never end.
  testTimeout: 10 * 60_000,
  projects: [
    {
      ...shared,
      displayName: 'node',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: [
        '<rootDir>/test/miniprogram/components/',
        '<rootDir>/test/miniprogram/pages/',
      ],
    },
    {
      ...shared,
      displayName: 'components',
      testEnvironment: 'jsdom',
      testMatch: ['<rootDir>/test/miniprogram/{components,pages}/**/*.test.ts'],
    },
  ],
};
