/**
 * Asks the person to accept the privacy guide, on behalf of WeChat. Shows what it is given and
 * decides nothing.
 *
 * Events: `agree` with `{ buttonId }`, which WeChat wants to be told, `disagree`, `guide` (the link
 * was tapped).
 */
const AGREE_BUTTON = 'agree-privacy';

interface This {
  triggerEvent(name: string, detail?: object): void;
}

Component({
  properties: {
    open: Boolean,
    // The first rendering comes before the page has set it.
    copy: { type: Object, value: {} },
  },
  data: { agreeButton: AGREE_BUTTON },
  methods: {
    onAgree(this: This) {
      this.triggerEvent('agree', { buttonId: AGREE_BUTTON });
    },
    onDisagreeTap(this: This) {
      this.triggerEvent('disagree');
    },
    onGuideTap(this: This) {
      this.triggerEvent('guide');
    },
    /** Keeps the page behind the sheet from scrolling. */
    onTouchMove() {
      return undefined;
    },
  },
});
