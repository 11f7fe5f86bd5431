import { gateway, transport } from '../config';
import { copyFor, naming, type Copy } from './index';

/** The copy in the language that the platform is set to, naming that platform. It can't change while the mini program runs. */
export function currentCopy(): Copy {
  const copy = copyFor(wx.getAppBaseInfo().language);
  return transport === 'http' ? naming(gateway.platform, copy) : copy;
}

/** Puts the tabs into the language too: app.json has one text for each, in Chinese. Call it from a page with tabs. */
export function showTabTexts({ tabs }: Copy): void {
  tabs.forEach((text, index) => void wx.setTabBarItem({ index, text }));
}
