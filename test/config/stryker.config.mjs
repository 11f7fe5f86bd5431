/**
 * `npm run test:mutation`: breaks the session code, the client and the gateway in every small way,
 * and counts what their tests notice. Left out are the files that need a running cloud or a phone;
 * they are held by cloud-session-store.test.ts, counter-store.test.ts, the tests on a local cloud
 * (`deployed-*` and those beside the functions), adopting.test.ts and the flows.
 */
export default {
  mutate: [
    'cloudfunctions/shared/{session,identity,counters}/*.ts',
    '!cloudfunctions/shared/session/cloud-session-store.ts',
    '!cloudfunctions/shared/session/session-document.ts',
    '!cloudfunctions/shared/session/cloud-environment.ts',
    '!cloudfunctions/shared/session/library.ts',
    '!cloudfunctions/shared/session/contract.ts',
    'cloudfunctions/gateway/**/*.ts',
    '!cloudfunctions/gateway/index.ts',
    '!cloudfunctions/shared/counters/cloud-counter-store.ts',
    'miniprogram/session/*.ts',
    '!miniprogram/session/index.ts',
  ],
  testRunner: 'jest',
  jest: { configFile: 'test/config/mutation.jest.config.mjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
  tempDirName: 'dist/stryker',
  disableTypeChecks: false,
};
