import type { SignInSheetView } from './sign-in-sheet-view';

interface This {
  data: { view: SignInSheetView };
  triggerEvent(name: string, detail?: object): void;
}

/**
 * Asks the person to sign in: what for, what they agree to, how, and how to go on without it. Shows
 * what it is given and decides nothing.
 *
 * Events: `agree` (the box was tapped), `confirm` (they want to be signed in now) with
 * `{ kind: 'wechat' }`, `{ kind: 'phone', reply }` or `{ kind: 'password', name, password }`, `more`
 * (they want to see the other ways), `reveal` (the password is to be shown or hidden), `decline`,
 * `document` with `{ name: 'terms' | 'privacy' }`. While `view.busy` only `document` is sent.
 */
Component({
  properties: {
    // The first rendering comes before the page has set it.
    view: { type: Object, value: { open: false } },
  },
  methods: {
    onAgreeTap(this: This) {
      if (!this.data.view.busy) this.triggerEvent('agree');
    },
    onConfirmTap(this: This) {
      if (!this.data.view.busy) this.triggerEvent('confirm', { kind: 'wechat' });
    },
    /** With an open-type, WeChat asks for the number, and its answer is what counts. */
    onPhoneTap(this: This) {
      const { busy, phoneOpenType } = this.data.view;
      if (!busy && phoneOpenType === '') this.triggerEvent('confirm', { kind: 'phone' });
    },
    onPhoneNumber(this: This, { detail: reply }: { detail: object }) {
      if (!this.data.view.busy) this.triggerEvent('confirm', { kind: 'phone', reply });
    },
    onPasswordSubmit(this: This, event: { detail: { value: object } }) {
      if (this.data.view.busy) return;
      this.triggerEvent('confirm', { kind: 'password', ...event.detail.value });
    },
    onRevealTap(this: This) {
      if (!this.data.view.busy) this.triggerEvent('reveal');
    },
    onMoreTap(this: This) {
      if (!this.data.view.busy) this.triggerEvent('more');
    },
    onDeclineTap(this: This) {
      if (!this.data.view.busy) this.triggerEvent('decline');
    },
    onTermsTap(this: This) {
      this.triggerEvent('document', { name: 'terms' });
    },
    onPrivacyTap(this: This) {
      this.triggerEvent('document', { name: 'privacy' });
    },
    /** Keeps the page behind the sheet from scrolling. */
    onTouchMove() {
      return undefined;
    },
  },
});
