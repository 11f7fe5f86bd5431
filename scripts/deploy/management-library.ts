import type { Tools } from '../lib/install-tools';
import { root } from '../project/root';

/** `@cloudbase/manager-node`, which talks to Tencent's management API, and what it zips with. */
export const MANAGEMENT_LIBRARY: Tools = {
  fromDir: `${root}/scripts/deploy/management-library`,
  dir: `${root}/node_modules/.cache/deploy`,
  what: "Tencent's management library, 36 MB",
};
