/** WeChat's privacy question; `<privacy-host>` shows it on the page that is open. */
import { createPrivacyPrompt, type ResolvePrivacy } from './privacy-prompt';

export const privacyPrompt = createPrivacyPrompt();

// Not before base library 2.32.3. The typings declare the argument as a result.
if ('onNeedPrivacyAuthorization' in wx) {
  wx.onNeedPrivacyAuthorization((resolve: unknown) => privacyPrompt.ask(resolve as ResolvePrivacy));
}
