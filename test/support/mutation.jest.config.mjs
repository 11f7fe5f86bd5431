// The tests that a mutant is run against: those that need no cloud, no browser and little time.
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
