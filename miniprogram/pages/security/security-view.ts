/** What the page shows, computed from what is known of the ways in. No `wx` in here. */
import type { SignInMethod } from '../../settings/index';
import { fill, formatTime, type Copy } from '../../i18n/index';
import type { ChangeOutcome, Identity, SignInRecord, WaysInState } from '../../identity/ways-in';
import { explainRefusal } from '../../session/explain';
import { isEndCode } from '../../session/replies';
import type { SessionState } from '../../session/session-state';

export interface SecurityView {
  status: WaysInState['status'];
  ways: readonly { id: string; name: string; detail: string; badge: string; current: boolean }[];
  canLinkPhone: boolean;
  canLinkWeChat: boolean;
  /** Sets a password, or changes it; empty where there are none. */
  passwordAction: string;
  hasHistory: boolean;
  /** Instead of entries: there are none yet, or they could not be read. */
  historyNote: string;
  entries: readonly { key: string; name: string; detail: string; failed: string }[];
  busy: boolean;
}

export function securityView(
  state: WaysInState,
  session: SessionState,
  copy: Copy,
  methods: readonly SignInMethod[],
): SecurityView {
  const { security } = copy;
  const isLoaded = state.status === 'loaded';
  const identities = isLoaded ? state.identities : [];
  const signIns = isLoaded ? state.signIns : undefined;
  const has = (kind: Identity['kind']): boolean => identities.some((one) => one.kind === kind);
  const records = Array.isArray(signIns) ? (signIns as readonly SignInRecord[]) : [];
  return {
    status: state.status,
    ways: identities.map((identity) => ({
      id: identity.id,
      name: nameOf(identity, copy),
      detail: fill(security.linkedAt, { time: formatTime(copy, identity.createdAt) }),
      badge: identity.current ? security.current : '',
      current: identity.current,
    })),
    canLinkPhone: methods.includes('phone'),
    canLinkWeChat: canLinkWeChat(session, has('wechat')),
    passwordAction: passwordAction(methods.includes('password'), has('password'), copy),
    hasHistory: signIns !== undefined,
    historyNote: historyNote(signIns, copy),
    entries: records.map(({ at, kind, device, refused }, n) => ({
      key: `${String(at)}-${String(n)}`,
      name: security.kind[kind],
      detail: `${formatTime(copy, at)}  ${device.name || security.unknownDevice}`,
      failed: refused === undefined ? '' : security.refused,
    })),
    busy: isLoaded && state.busy,
  };
}

/**
 * The list does not say which WeChat is this one. A password opens the account from whatever WeChat
 * it is, and so may a phone number where the account is not this WeChat's own; linking one that is
 * linked already does no harm.
 */
function canLinkWeChat(state: SessionState, hasOne: boolean): boolean {
  if (state.status !== 'signedIn') return false;
  const { signedInBy: way, account } = state.session;
  if (way === undefined) return false;
  return !hasOne || way === 'password' || (way === 'phone' && account !== undefined);
}

function nameOf({ kind, label }: Identity, { security }: Copy): string {
  return label === '' ? security.kind[kind] : `${security.kind[kind]} ${label}`;
}

function passwordAction(isOffered: boolean, isSet: boolean, { security }: Copy): string {
  if (!isOffered) return '';
  return isSet ? security.changePassword : security.setPassword;
}

function historyNote(
  signIns: readonly SignInRecord[] | 'failed' | undefined,
  { security }: Copy,
): string {
  if (signIns === 'failed') return security.historyFailed;
  return signIns?.length === 0 ? security.noHistory : '';
}

/** What to tell the person who linked or unlinked something; empty when they know. */
export function explainChange(outcome: Exclude<ChangeOutcome, undefined>, copy: Copy): string {
  if (outcome.ok || outcome.code === 'SIGN_IN_DECLINED') return '';
  const { code, detail } = outcome;
  if (code === 'NETWORK') return copy.security.lost;
  if (code === 'IDENTITY_TAKEN') return copy.security.taken;
  if (code === 'INVALID_INPUT' && detail?.field === 'code') return copy.codeUsed;
  // It was unlinked already, e.g. on another phone.
  if (code === 'IDENTITY_UNKNOWN') return copy.security.gone;
  // The page says that they are signed out.
  return isEndCode(code) ? '' : explainRefusal(outcome, copy, copy.problem[code]);
}
