import type { Tools } from '../lib/install-tools';
import { root } from '../project/root';

/** Versions of wx-server-sdk that public mini programs use, for the tests of the local cloud. */
export const OLDER_SDKS: Tools = {
  fromDir: `${root}/scripts/testing/older-sdks`,
  dir: `${root}/node_modules/.cache/older-sdks`,
  what: { zh: ' wx-server-sdk 的旧版本，80 MB', en: 'older versions of wx-server-sdk, 80 MB' },
};
