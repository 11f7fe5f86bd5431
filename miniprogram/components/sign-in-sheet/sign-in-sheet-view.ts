/** What the sheet shows, computed from the session's state. No `wx` in here. */
import type { Copy } from '../../i18n/index';
import { sessionMessage } from '../../session/session-messages';
import type { SessionState } from '../../session/session-state';

export interface SignInSheetView {
  open: boolean;
  title: string;
  purpose: string;
  /** Why the person has to sign in again, what failed, or what they forgot; empty when there is nothing to say. */
  message: string;
  agreement: { agree: string; terms: string; and: string; privacy: string };
  agreed: boolean;
  action: string;
  busy: boolean;
  decline: string;
}

export interface SheetState {
  open: boolean;
  /** Never true before the person ticked it themselves. */
  agreed: boolean;
  /** They tried to go on without agreeing. */
  forgotToAgree: boolean;
}

export function signInSheetView(
  sheet: SheetState,
  session: SessionState,
  { sheet: copy, ...all }: Copy,
): SignInSheetView {
  const busy = session.busy === 'login';
  const label = session.problem === undefined ? copy.signIn : copy.retry;
  return {
    open: sheet.open,
    title: copy.title,
    purpose: copy.purpose,
    message: sheet.forgotToAgree
      ? copy.agreeFirst
      : sessionMessage(session, { sheet: copy, ...all }),
    agreement: { agree: copy.agree, terms: copy.terms, and: copy.and, privacy: copy.privacy },
    agreed: sheet.agreed,
    action: busy ? copy.signingIn : label,
    busy,
    decline: copy.decline,
  };
}
