import { privacyPrompt } from '../../privacy/index';
import { follow, unfollow } from '../../session/follow';
import { currentTexts } from '../../settings/current-texts';

/**
 * Put `<privacy-host>` on every page that uses an API that needs consent: chooseAvatar, the
 * nickname, the album ...
 */
Component({
  data: { copy: {}, open: false },
  lifetimes: {
    attached() {
      // Not before: WeChat loads components before the app says its settings in `onLaunch`.
      this.setData({ copy: currentTexts().privacy });
      follow(this, [privacyPrompt], () => this.setData({ open: privacyPrompt.isOpen }));
    },
    detached() {
      unfollow(this);
      // Leaving the page is not agreeing, and the API that asked must not wait for ever.
      if (privacyPrompt.isOpen) privacyPrompt.disagree();
    },
  },
  methods: {
    onAgree(event: { detail: { buttonId: string } }) {
      privacyPrompt.agree(event.detail.buttonId);
    },
    onDisagree() {
      privacyPrompt.disagree();
    },
    onGuide() {
      wx.openPrivacyContract({});
    },
  },
});
