/** Every handler that WXML names is a method of its page or component, and the other way round. */
import type { Problem } from '../miniprogram-files/compile-error';
import { handlersIn } from './handlers/bindings';
import { methodsIn } from './handlers/methods';
import { readProgram } from './handlers/program';
import { readComponentTemplates } from '../miniprogram-files/wxml/component-templates';

const LOOKS_LIKE_A_HANDLER = /^on[A-Z]/;

/** WeChat itself calls these: https://developers.weixin.qq.com/miniprogram/dev/reference/api/Page.html */
const CALLED_BY_WECHAT: ReadonlySet<string> = new Set([
  'onLoad', 'onShow', 'onReady', 'onHide', 'onUnload', 'onRouteDone', 'onPullDownRefresh', 'onReachBottom',
  'onShareAppMessage', 'onShareTimeline', 'onAddToFavorites', 'onPageScroll', 'onResize', 'onTabItemTap',
  'onSaveExitState',
]); // prettier-ignore

/** @param dir holds app.json and the TypeScript of the mini program */
export async function checkHandlers(dir: string): Promise<Problem[]> {
  const components = await readComponentTemplates(dir);
  const program = readProgram(dir);
  return components.flatMap(({ path, templates }) => {
    const uses = templates.flatMap(handlersIn);
    const file = `${path}.ts`;
    const methods = methodsIn(program, `${dir}/${file}`);
    if (methods === undefined) return [{ file, message: 'calls neither Page nor Component' }];
    const used = new Set(uses.map(({ handler }) => handler));
    const missing = uses
      .filter(({ handler }) => !methods.names.has(handler))
      .map(({ handler, attribute, ...place }) => ({
        ...place,
        message: `${attribute} names ${handler}, which is not a method of ${file}`,
      }));
    const unused = methods.own
      .filter(({ name }) => LOOKS_LIKE_A_HANDLER.test(name))
      .filter(({ name }) => !used.has(name) && !CALLED_BY_WECHAT.has(name))
      .map(({ name, line, column }) => ({
        file,
        line,
        column,
        message: `${name} is named like a handler, and no template names it`,
      }));
    return [...missing, ...unused];
  });
}
