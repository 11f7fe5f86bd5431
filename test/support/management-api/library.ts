import { MANAGEMENT_LIBRARY } from '../../../scripts/deploy';
import { areInstalled } from '../../../scripts/lib/install-tools';

/** Nothing is installed in the middle of the tests. */
export async function requireManagementLibrary(): Promise<void> {
  if (await areInstalled(MANAGEMENT_LIBRARY)) return;
  throw new Error(
    "Tencent's management library is not installed: run `npm test` once, which does it first.",
  );
}
