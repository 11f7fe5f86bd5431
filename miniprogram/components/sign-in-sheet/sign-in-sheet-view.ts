/** What the sheet shows, computed from the session's state. No `wx` in here. */
import type { Copy } from '../../i18n/index';
import { explainState } from '../../session/explain';
import type { SessionState } from '../../session/session-state';

export interface SignInSheetView {
  open: boolean;
  title: string;
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
  action: string;
  busy: boolean;
  decline: string;
}

export interface SheetState {
  open: boolean;
  /** They are signed in, and are asked to do so again for what they are about to do. */
  again: boolean;
  /** Never true before the person ticked it themselves. */
  agreed: boolean;
  /** They tried to go on without agreeing. */
  forgotToAgree: boolean;
}

export function signInSheetView(
  sheet: SheetState,
  state: SessionState,
  { sheet: copy, ...all }: Copy,
): SignInSheetView {
  const busy = state.busy === 'login';
  const label =
    state.problem !== undefined ? copy.retry : sheet.again ? copy.signInAgain : copy.signIn;
  return {
    open: sheet.open,
    title: sheet.again ? copy.againTitle : copy.title,
    purpose: sheet.again ? copy.againPurpose : copy.purpose,
    message: sheet.forgotToAgree ? copy.agreeFirst : explainState(state, { sheet: copy, ...all }),
    hasAgreement: !sheet.again,
    agreement: { agree: copy.agree, terms: copy.terms, and: copy.and, privacy: copy.privacy },
    agreed: sheet.agreed,
    action: busy ? copy.signingIn : label,
    busy,
    decline: sheet.again ? copy.cancel : copy.decline,
  };
}
