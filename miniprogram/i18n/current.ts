import { settings } from '../settings/index';
import { copyFor, naming, withSeveralWays, type Copy } from './index';

/**
 * The copy in the language that WeChat or QQ is set to, and naming the one it is.
 * Neither changes while the mini program runs.
 */
export function currentCopy(): Copy {
  const { signInMethods, transport, gateway } = settings();
  const copy = copyFor(wx.getAppBaseInfo().language);
  const told = signInMethods.length > 1 ? withSeveralWays(copy) : copy;
  return transport === 'http' ? naming(gateway.platform, told) : told;
}

/**
 * Names the tabs in that language: app.json names them in Chinese. Call it from a page with tabs.
 */
export function nameTabs({ tabs }: Copy): void {
  tabs.forEach((text, index) => void wx.setTabBarItem({ index, text }));
}
