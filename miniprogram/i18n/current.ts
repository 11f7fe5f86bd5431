import { copyFor, type Copy } from './index';

/** The copy in the language that WeChat is set to. It can't change while the mini program runs. */
export function currentCopy(): Copy {
  return copyFor(wx.getAppBaseInfo().language);
}
