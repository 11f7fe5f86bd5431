/** The one privacy question of the mini program. `<privacy-host>` shows it on the page that is open. */
import { createPrivacyPrompt, type ResolvePrivacy } from './privacy-prompt';

export const privacyPrompt = createPrivacyPrompt();

// WeChat before base library 2.32.3 has no such question. The typings take `resolve` for a result.
if ('onNeedPrivacyAuthorization' in wx) {
  wx.onNeedPrivacyAuthorization((resolve: unknown) => privacyPrompt.ask(resolve as ResolvePrivacy));
}
