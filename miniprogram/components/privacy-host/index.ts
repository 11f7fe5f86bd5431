import { currentCopy } from '../../i18n/current';
import { privacyPrompt } from '../../privacy/index';

const { privacy: copy } = currentCopy();
const stopListening = new WeakMap<object, () => void>();

/** Put `<privacy-host>` on every page that uses an API for which WeChat asks: chooseAvatar, the nickname, the album ... */
Component({
  data: { copy, open: false },
  lifetimes: {
    attached() {
      const show = (open: boolean) => this.setData({ open });
      stopListening.set(this, privacyPrompt.onChange(show));
      show(privacyPrompt.isOpen);
    },
    detached() {
      stopListening.get(this)?.();
      // Whoever leaves the page has not agreed; the API that asked must not wait for ever.
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
