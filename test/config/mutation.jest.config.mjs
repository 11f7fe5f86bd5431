// The tests that a mutant is run against: those that need no cloud, no browser and little time.
// The same histories for every mutant, and few of them.
process.env['SOAK_STEPS'] ??= '600';
process.env['UNRULY_RUNS'] ??= '60';

export default {
  rootDir: '../..',
  testEnvironment: 'node',
  transform: { '\\.ts$': '<rootDir>/test/config/esbuild-transform.cjs' },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json'],
  modulePathIgnorePatterns: ['<rootDir>/dist/cloudfunctions'],
  testMatch: [
    '<rootDir>/test/cloudfunctions/shared/{session,identity,counters}/*.test.ts',
    '<rootDir>/test/cloudfunctions/promises/model.test.ts',
    '<rootDir>/test/cloudfunctions/promises/fuzz.test.ts',
    '<rootDir>/test/cloudfunctions/promises/unruly.test.ts',
    '<rootDir>/test/cloudfunctions/gateway/*.test.ts',
    '<rootDir>/test/miniprogram/session/*.test.ts',
  ],
  // These are on a local cloud.
  testPathIgnorePatterns: ['cloud-session-store', 'counter-store', '/deployed-'],
};
