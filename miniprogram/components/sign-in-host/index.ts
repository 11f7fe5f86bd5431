import { legalPage } from '../../config';
import { currentCopy } from '../../i18n/current';
import { session, signInPrompt } from '../../session/index';
import type { SessionState } from '../../session/session-state';
import { signInSheetView, type SheetState } from '../sign-in-sheet/sign-in-sheet-view';

const copy = currentCopy();
const CLOSED: SheetState = { open: false, again: false, agreed: false, forgotToAgree: false };

const sessionIdOf = (state: SessionState): string =>
  state.status === 'signedIn' ? state.session.id : '';

interface Held {
  sheet: SheetState;
  /** Of the session that there was when it opened. */
  openedWith: string;
  show: (sheet: SheetState) => void;
  stopListening: () => void;
}
const heldBy = new WeakMap<object, Held>();

/** Put `<sign-in-host>` on every page from which something can need a session: it shows the sheet when it does. */
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
        stopListening: () => undefined,
      };
      const open = (isOpen: boolean): void => {
        held.openedWith = sessionIdOf(session.state);
        held.show({ ...CLOSED, open: isOpen, again: signInPrompt.reason === 'again' });
      };
      const stops = [
        // Opened anew, the box is not ticked: agreeing is the person's own act, each time.
        signInPrompt.onChange(open),
        session.onChange((state) => {
          // Another session than there was: somebody who signs in again has one already.
          const isNew = state.status === 'signedIn' && sessionIdOf(state) !== held.openedWith;
          if (isNew && signInPrompt.isOpen) signInPrompt.answer(true);
          held.show(held.sheet);
        }),
      ];
      held.stopListening = () => stops.forEach((stop) => stop());
      heldBy.set(this, held);
      open(signInPrompt.isOpen);
    },
    detached() {
      heldBy.get(this)?.stopListening();
    },
  },
  methods: {
    onAgree() {
      const held = heldBy.get(this);
      held?.show({ ...held.sheet, agreed: !held.sheet.agreed, forgotToAgree: false });
    },
    onSignIn() {
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
