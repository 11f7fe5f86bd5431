/**
 * `npm run test:mutation`: breaks the session code in every small way, and counts what its tests notice. Left out are
 * the files that need a running cloud; they are held by cloud-session-store.test.ts, functions.test.ts and adopting.test.ts.
 */
export default {
  mutate: [
    'cloudfunctions/shared/session/*.ts',
    '!cloudfunctions/shared/session/cloud-session-store.ts',
    '!cloudfunctions/shared/session/cloud-environment.ts',
    '!cloudfunctions/shared/session/library.ts',
    '!cloudfunctions/shared/session/contract.ts',
  ],
  testRunner: 'jest',
  jest: { configFile: 'test/support/mutation.jest.config.mjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
  tempDirName: 'dist/stryker',
  disableTypeChecks: false,
};
