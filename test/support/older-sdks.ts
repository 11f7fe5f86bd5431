import { areInstalled } from '../../scripts/lib/install-tools';
import { OLDER_SDKS } from '../../scripts/testing';

/**
 * The folder of an older wx-server-sdk, e.g. `2.4`. Nothing is installed in the middle of the tests.
 *
 * @throws Error when they are not installed
 */
export async function olderSdk(version: string): Promise<string> {
  if (await areInstalled(OLDER_SDKS)) {
    return `${OLDER_SDKS.dir}/node_modules/wx-server-sdk-${version}`;
  }
  throw new Error(
    'The older versions of wx-server-sdk are not installed: run `npm test` once, which does it first.',
  );
}
