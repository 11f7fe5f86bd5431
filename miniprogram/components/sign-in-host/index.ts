import { legalPage } from '../../config';
import { currentCopy } from '../../i18n/current';
import { follow, unfollow } from '../../session/follow';
import { session, signInPrompt } from '../../session/index';
import { sessionIdOf } from '../../session/session-state';
import { signInSheetView, type SheetState } from '../sign-in-sheet/sign-in-sheet-view';

const copy = currentCopy();
const CLOSED: SheetState = { open: false, again: false, agreed: false, forgotToAgree: false };

interface Held {
  sheet: SheetState;
  /** Of the session that there was when it opened. */
  openedWith: string;
  show: (sheet: SheetState) => void;
}
const heldBy = new WeakMap<object, Held>();

/**
 * Put `<sign-in-host>` on every page from which something can need a session: it shows the sheet
 * when it does.
 */
Component({
  data: { view: signInSheetView(CLOSED, session.state, copy) },
  lifetimes: {
    attached() {
      const held: Held = {
        sheet: CLOSED,
        openedWith: '',
        show: (sheet) => {
          held.sheet = sheet;
          this.setData({ view: signInSheetView(sheet, session.state, copy) });
        },
      };
      heldBy.set(this, held);
      // Opened anew, the box is not ticked: agreeing is the person's own act, each time.
      follow(this, [signInPrompt], () => {
        held.openedWith = sessionIdOf(session.state);
        const again = signInPrompt.reason === 'again';
        held.show({ ...CLOSED, open: signInPrompt.isOpen, again });
      });
      follow(this, [session], () => {
        // Another session than there was: somebody who signs in again has one already.
        const id = sessionIdOf(session.state);
        if (id !== '' && id !== held.openedWith && signInPrompt.isOpen) signInPrompt.answer(true);
        held.show(held.sheet);
      });
    },
    detached() {
      unfollow(this);
    },
  },
  methods: {
    onAgree() {
      const held = heldBy.get(this);
      held?.show({ ...held.sheet, agreed: !held.sheet.agreed, forgotToAgree: false });
    },
    onConfirm() {
      const held = heldBy.get(this);
      if (held?.sheet.agreed === true || held?.sheet.again === true) void session.login();
      else held?.show({ ...held.sheet, forgotToAgree: true });
    },
    onDecline() {
      signInPrompt.answer(false);
    },
    onDocument(event: { detail: { name: string } }) {
      void wx.navigateTo({ url: `${legalPage}?name=${event.detail.name}` });
    },
  },
});
