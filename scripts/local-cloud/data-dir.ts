/** A door of its own: what a command checks first must not wait for the whole cloud to be loaded. */
import { lockDataDir, makeDataDir } from './environment/folders';

/**
 * Makes the folder of the state, unless it is there.
 *
 * @param dataDir an absolute path
 * @throws LocalCloudStartError where no cloud can keep its state there now
 */
export async function prepareDataDir(dataDir: string): Promise<void> {
  makeDataDir(dataDir);
  const unlock = await lockDataDir(dataDir);
  await unlock();
}
