import type { Tools } from '../lib/install-tools';
import { root } from '../project/root';

/** `@cloudbase/manager-node`, which talks to Tencent's management API, and what it zips with. */
export const MANAGEMENT_LIBRARY: Tools = {
  fromDir: `${root}/scripts/deploy/management-library`,
  dir: `${root}/node_modules/.cache/deploy`,
  what: { zh: '腾讯云管理端 SDK，36 MB', en: "Tencent's management library, 36 MB" },
};
