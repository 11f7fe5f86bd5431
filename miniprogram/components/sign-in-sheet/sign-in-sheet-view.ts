/** What the sheet shows, computed from the session's state. No `wx` in here. */
import type { SessionTexts } from '../../i18n/session/index';
import { explainState } from '../../session/explain';
import type { SessionState } from '../../session/session-state';
import type { SignInMethod } from '../../settings/index';

export interface SignInSheetView {
  open: boolean;
  title: string;
  /** Empty where a small phone has no room for it. */
  purpose: string;
  /**
   * Why the person has to sign in again, what failed, or what they forgot; empty when there is
   * nothing to say.
   */
  message: string;
  /** They agreed when they signed in the first time. */
  hasAgreement: boolean;
  agreement: { agree: string; terms: string; and: string; privacy: string };
  agreed: boolean;
  ways: readonly WayView[];
  /** Leads to the ways that are not shown yet; empty when all are. */
  more: string;
  /** WeChat asks for the number at once, so not before the person has agreed. */
  phoneOpenType: 'getPhoneNumber' | '';
  form: {
    name: string;
    namePlaceholder: string;
    password: string;
    passwordPlaceholder: string;
    /** The password can be read. */
    readable: boolean;
    reveal: string;
  };
  busy: boolean;
  decline: string;
}

interface WayView {
  kind: SignInMethod;
  action: string;
  /** The first of them stands out. */
  main: boolean;
  loading: boolean;
}

export interface SheetState {
  open: boolean;
  /** They are signed in, and are asked to do so again for what they are about to do. */
  again: boolean;
  /** Never true before the person ticked it themselves. */
  agreed: boolean;
  /** What they forgot, or why a phone number could not be had. */
  note?: 'agreeFirst' | 'passwordMissing' | 'phoneDeclined' | 'phoneUnavailable' | 'phoneFailed';
  /** How they came in, who are to sign in again. */
  cameBy?: SignInMethod;
  /** They asked for the other ways. */
  more?: boolean;
  /** They want to read the password that they type. */
  readable?: boolean;
  /** The way that they tried last. */
  tried?: SignInMethod;
}

export function signInSheetView(
  sheet: SheetState,
  state: SessionState,
  copy: SessionTexts,
  methods: readonly SignInMethod[] = ['wechat'],
): SignInSheetView {
  const { sheet: texts } = copy;
  const busy = state.busy === 'login';
  const all = inOrder(methods, sheet);
  const inFront = all.filter((kind, n) => (sheet.again ? n === 0 : kind !== 'password'));
  const isStuck = sheet.note?.startsWith('phone') === true || state.problem !== undefined;
  const shown = sheet.more === true || isStuck || inFront.length === 0 ? all : inFront;
  return {
    open: sheet.open,
    title: sheet.again ? texts.againTitle : texts.title,
    purpose: shown.length > 2 ? '' : sheet.again ? texts.againPurpose : texts.purpose,
    message: messageOf(sheet, state, copy),
    hasAgreement: !sheet.again,
    agreement: { agree: texts.agree, terms: texts.terms, and: texts.and, privacy: texts.privacy },
    agreed: sheet.agreed,
    ways: shown.map((kind, n) => {
      const loading = busy && kind === (sheet.tried ?? 'wechat');
      const action = all.length === 1 ? onlyAction(sheet, state, copy) : actionOf(kind, copy);
      return { kind, action: loading ? texts.signingIn : action, main: n === 0, loading };
    }),
    more: shown.length < all.length ? texts.more : '',
    phoneOpenType: sheet.agreed || sheet.again ? 'getPhoneNumber' : '',
    form: {
      name: texts.name,
      namePlaceholder: texts.namePlaceholder,
      password: texts.password,
      passwordPlaceholder: texts.passwordPlaceholder,
      readable: sheet.readable === true,
      reveal: sheet.readable === true ? texts.hide : texts.show,
    },
    busy,
    decline: sheet.again ? texts.cancel : texts.decline,
  };
}

const USUAL_ORDER: readonly SignInMethod[] = ['phone', 'wechat', 'password'];

/** First the way by which they came in, who are to sign in again. */
function inOrder(methods: readonly SignInMethod[], { cameBy }: SheetState): SignInMethod[] {
  const usual = USUAL_ORDER.filter((kind) => methods.includes(kind));
  return cameBy !== undefined && usual.includes(cameBy)
    ? [cameBy, ...usual.filter((kind) => kind !== cameBy)]
    : usual;
}

function messageOf({ note, again }: SheetState, state: SessionState, copy: SessionTexts): string {
  if (note !== undefined) return copy.sheet[note];
  if (again && state.problem === 'IDENTITY_TAKEN') return copy.sheet.againTaken;
  return explainState(state, copy);
}

/** Where there is one way only, its button says what it is for. */
function onlyAction(
  { again }: SheetState,
  { problem }: SessionState,
  { sheet }: SessionTexts,
): string {
  if (problem !== undefined) return sheet.retry;
  return again ? sheet.signInAgain : sheet.signIn;
}

function actionOf(kind: SignInMethod, { sheet }: SessionTexts): string {
  if (kind === 'phone') return sheet.phone;
  return kind === 'password' ? sheet.passwordSignIn : sheet.signIn;
}
