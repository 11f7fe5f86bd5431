import type { SignInSheetView } from './sign-in-sheet-view';

interface This {
  data: { view: SignInSheetView };
  triggerEvent(name: string, detail?: object): void;
}

/**
 * Asks the person to sign in: what for, what they agree to, and how to go on without it. Shows what
 * it is given and decides nothing.
 *
 * Events: `agree` (the box was tapped), `confirm` (they want to be signed in now), `decline`,
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
      if (!this.data.view.busy) this.triggerEvent('confirm');
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
