/** The functions as they are deployed: real bundles, real SDK, real HTTP, against a local cloud. */
import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { openCloud, type Answer, type TestCloud } from './local-cloud';
import { LIN, PHONE } from './people';

/** One cloud for all tests of a file, empty before each. */
export function deployedFunctions() {
  let cloud: TestCloud;
  beforeAll(async () => {
    cloud = await openCloud();
  });
  afterAll(() => cloud.close());
  beforeEach(() => cloud.control({ reset: true }));

  return {
    get cloud(): TestCloud {
      return cloud;
    },
    async signIn(caller = LIN, device = PHONE): Promise<string> {
      const reply = await cloud.call('login', caller, { device });
      expect(reply).toMatchObject({ ok: true });
      return String(reply['sessionToken']);
    },
    check: (sessionToken: string, caller = LIN): Promise<Answer> =>
      cloud.call('session', caller, { action: 'check', sessionToken }),
    /** The database operations of the last call. */
    operations: async (): Promise<string[]> =>
      (await cloud.lastCall()).operations.map(({ action }) => action),
  };
}
