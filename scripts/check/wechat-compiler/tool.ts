import type { Tools } from '../../lib/install-tools';
import { root } from '../../project/root';

/** miniprogram-ci, which compiles for WeChat and uploads to it. */
export const WECHAT_COMPILER: Tools = {
  fromDir: `${root}/scripts/check/wechat-compiler/tool`,
  dir: `${root}/node_modules/.cache/compile-check`,
  what: { zh: '微信编译器，276 MB', en: "WeChat's compiler, 276 MB" },
};
