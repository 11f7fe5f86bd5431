/** What is built into `dist/lib/use-local-cloud.js`: one file, for mini programs without a build. */
import { callData, CloudID, createDatabase } from '../wx-cloud';
import { useLocalCloud as useWithout, type LocalCloudUser } from './use-local-cloud';

export function useLocalCloud(wx: Parameters<typeof useWithout>[0], user: LocalCloudUser): void {
  useWithout(wx, user, { createDatabase, CloudID, callData });
}
