import { legalPage } from '../../config';
import { currentCopy } from '../../i18n/current';
import { session, signInPrompt } from '../../session/index';
import { signInSheetView, type SheetState } from '../sign-in-sheet/sign-in-sheet-view';

const copy = currentCopy();
const CLOSED: SheetState = { open: false, agreed: false, forgotToAgree: false };

interface Held {
  sheet: SheetState;
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
        sheet: { ...CLOSED, open: signInPrompt.isOpen },
        show: (sheet) => {
          held.sheet = sheet;
          this.setData({ view: signInSheetView(sheet, session.state, copy) });
        },
        stopListening: () => undefined,
      };
      const stops = [
        // Opened anew, the box is not ticked: agreeing is the person's own act, each time.
        signInPrompt.onChange((open) => held.show({ ...CLOSED, open })),
        session.onChange((state) => {
          if (state.status === 'signedIn' && signInPrompt.isOpen) signInPrompt.answer(true);
          held.show(held.sheet);
        }),
      ];
      held.stopListening = () => stops.forEach((stop) => stop());
      heldBy.set(this, held);
      held.show(held.sheet);
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
      if (held?.sheet.agreed === true) void session.login();
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
