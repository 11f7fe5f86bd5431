import { follow, unfollow } from '../../session/follow';
import { session, signInPrompt } from '../../session/index';
import type { SignInWay } from '../../session/session-client';
import { sessionIdOf } from '../../session/session-state';
import { currentTexts } from '../../settings/current-texts';
import { settings, type SignInMethod } from '../../settings/index';
import { phoneCodeFrom, type PhoneProblem } from '../sign-in-sheet/phone-code';
import {
  signInSheetView,
  type SheetState,
  type SignInSheetView,
} from '../sign-in-sheet/sign-in-sheet-view';

const CLOSED: SheetState = { open: false, again: false, agreed: false };
/** The gateway does not know WeChat's phone numbers. */
function offered(): readonly SignInMethod[] {
  const { signInMethods, transport } = settings();
  return signInMethods.filter((kind) => transport === 'cloud' || kind !== 'phone');
}

interface Held {
  sheet: SheetState;
  /** Of the session that there was when it opened. */
  openedWith: string;
  show: (sheet: SheetState) => void;
}
const heldBy = new WeakMap<object, Held>();

/** How they came in, who are signed in. */
function cameBy(): SignInMethod {
  const way = session.state.status === 'signedIn' ? session.state.session.signedInBy : undefined;
  return way === 'phone' || way === 'password' ? way : 'wechat';
}

/** What the sheet's event `confirm` says. */
type Confirmed =
  | { kind: 'wechat' }
  | { kind: 'phone'; reply?: object }
  | { kind: 'password'; name: string; password: string };

const noteOfPhone: Record<PhoneProblem, NonNullable<SheetState['note']>> = {
  declined: 'phoneDeclined',
  unavailable: 'phoneUnavailable',
  failed: 'phoneFailed',
};

/** What proves it, `undefined` for WeChat; or what is to be said instead. */
function wayFrom(confirmed: Confirmed): { way: SignInWay | undefined } | Pick<SheetState, 'note'> {
  if (confirmed.kind === 'wechat') return { way: undefined };
  if (confirmed.kind === 'phone') {
    const number = phoneCodeFrom(confirmed.reply);
    return 'code' in number
      ? { way: { kind: 'phone', code: number.code } }
      : { note: noteOfPhone[number.problem] };
  }
  const { name, password } = confirmed;
  const isThere = name !== '' && password !== '';
  return isThere ? { way: { kind: 'password', name, password } } : { note: 'passwordMissing' };
}

/**
 * Put `<sign-in-host>` on every page from which something can need a session: it shows the sheet
 * when it does.
 */
Component({
  data: { view: { open: false } },
  lifetimes: {
    attached() {
      // Not before: WeChat loads components before the app says its settings in `onLaunch`.
      const [texts, methods] = [currentTexts(), offered()];
      const viewOf = (sheet: SheetState): SignInSheetView =>
        signInSheetView(sheet, session.state, texts, methods);
      const held: Held = {
        sheet: CLOSED,
        openedWith: '',
        show: (sheet) => {
          const view = viewOf(sheet);
          // Ways that were shown stay: a form that goes takes along what was written into it.
          held.sheet = view.more === '' ? { ...sheet, more: true } : sheet;
          this.setData({ view });
        },
      };
      heldBy.set(this, held);
      // Opened anew, the box is not ticked: agreeing is the person's own act, each time.
      follow(this, [signInPrompt], () => {
        held.openedWith = sessionIdOf(session.state);
        const again = signInPrompt.reason === 'again';
        held.show({
          ...CLOSED,
          open: signInPrompt.isOpen,
          again,
          ...(again && { cameBy: cameBy() }),
        });
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
      if (held === undefined) return;
      const { note: _, ...sheet } = held.sheet;
      held.show({ ...sheet, agreed: !sheet.agreed });
    },
    onConfirm(event: { detail: Confirmed }) {
      const held = heldBy.get(this);
      if (held === undefined) return;
      const { note: _, ...sheet } = held.sheet;
      if (!sheet.agreed && !sheet.again) {
        held.show({ ...sheet, note: 'agreeFirst' });
        return;
      }
      const tried = { ...sheet, tried: event.detail.kind };
      const proof = wayFrom(event.detail);
      if (!('way' in proof)) {
        held.show({ ...tried, ...proof });
        return;
      }
      held.show(tried);
      void session.login(proof.way);
    },
    onMore() {
      const held = heldBy.get(this);
      held?.show({ ...held.sheet, more: true });
    },
    onReveal() {
      const held = heldBy.get(this);
      held?.show({ ...held.sheet, readable: held.sheet.readable !== true });
    },
    onDecline() {
      signInPrompt.answer(false);
    },
    onDocument(event: { detail: { name: string } }) {
      const { legalPage } = settings();
      if (legalPage === '') console.error('session.configure: legalPage is missing.');
      else void wx.navigateTo({ url: `${legalPage}?name=${event.detail.name}` });
    },
  },
});
