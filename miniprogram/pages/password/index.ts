import { toast } from '../../dialogs/index';
import { currentCopy } from '../../i18n/current';
import { follow, unfollow } from '../../session/follow';
import { session, signInPrompt } from '../../session/index';
import { explainPassword } from './password-view';

const copy = currentCopy();
const { sheet, security } = copy;

/** Those that are still on the screen, or below another one. */
const open = new WeakSet();

/** Sets the account name and the password of whoever is signed in, or changes them. */
Component({
  data: {
    copy: { ...copy.password, show: sheet.show, hide: sheet.hide, signIn: security.signIn },
    signedIn: session.state.status === 'signedIn',
    readable: false,
    saving: false,
    /** What is wrong with what they chose, or why it was not saved. */
    message: '',
  },
  lifetimes: {
    attached() {
      open.add(this);
      follow(this, [session], () =>
        this.setData({ signedIn: session.state.status === 'signedIn' }),
      );
    },
    detached() {
      open.delete(this);
      unfollow(this);
    },
  },
  methods: {
    onLoad() {
      void wx.setNavigationBarTitle({ title: security.setPassword });
    },
    onShow() {
      void session.refresh();
    },
    onSignInTap() {
      void signInPrompt.ask();
    },
    onRevealTap() {
      this.setData({ readable: !this.data.readable });
    },
    async onSubmit(event: { detail: { value: { name: string; password: string } } }) {
      if (this.data.saving) return;
      const { name, password } = event.detail.value;
      if (name === '' || password === '') {
        this.setData({ message: sheet.passwordMissing });
        return;
      }
      this.setData({ saving: true, message: '' });
      const outcome = await session.call('identity', { action: 'set-password', name, password });
      this.setData({ saving: false, message: explainPassword(outcome, copy) });
      if (!outcome.ok) return;
      await toast(copy.password.saved);
      // They may have gone back themselves by now.
      if (open.has(this)) await wx.navigateBack();
    },
  },
});
