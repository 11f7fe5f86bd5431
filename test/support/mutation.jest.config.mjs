// The tests that a mutant is run against: those that need no cloud, no browser and little time.
// The same histories for every mutant, and few of them.
process.env['SOAK_STEPS'] ??= '600';
process.env['SOAK_SEED'] ??= '1';

export default {
  rootDir: '../..',
  testEnvironment: 'node',
  transform: { '\\.ts$': '<rootDir>/test/support/esbuild-transform.cjs' },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json'],
  modulePathIgnorePatterns: ['<rootDir>/dist/cloudfunctions'],
  testMatch: [
    '<rootDir>/test/cloudfunctions/shared/session/*.test.ts',
    '<rootDir>/test/cloudfunctions/promises/model.test.ts',
    '<rootDir>/test/cloudfunctions/promises/fuzz.test.ts',
  ],
  testPathIgnorePatterns: ['cloud-session-store'],
};
