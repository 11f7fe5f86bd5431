import { copyFor, type Copy } from './index';

/** The copy in the language that WeChat is set to. It can't change while the mini program runs. */
export function currentCopy(): Copy {
  return copyFor(wx.getAppBaseInfo().language);
}

/** Puts the tabs into the language too: app.json has one text for each, in Chinese. Call it from a page with tabs. */
export function showTabTexts({ tabs }: Copy): void {
  tabs.forEach((text, index) => void wx.setTabBarItem({ index, text }));
}
