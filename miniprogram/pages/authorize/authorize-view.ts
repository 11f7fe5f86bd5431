/** What the page shows, computed from the state of the approval. No `wx` in here. */
import { browserOf } from '../../devices/browser';
import { fill, type Copy } from '../../i18n/index';
import { explainRefusal } from '../../session/explain';
import { isEndCode } from '../../session/replies';
import type { CallFailure } from '../../session/cloud-call';
import type { ApprovalState } from '../../web-sign-in/approval';
import { shownUserCode } from '../../web-sign-in/user-code';

export interface AuthorizeView {
  /** `ended`: there is nothing left to decide. */
  status: 'typing' | 'reading' | 'signedOut' | 'failed' | 'asking' | 'ended';
  /** What went wrong; empty when there is nothing to say. */
  message: string;
  site: string;
  code: string;
  rows: readonly { key: string; label: string; value: string }[];
  busy: '' | 'approve' | 'deny';
  title: string;
  hint: string;
  isDone: boolean;
  hasSites: boolean;
}

const EMPTY: Omit<AuthorizeView, 'status'> = {
  message: '',
  site: '',
  code: '',
  rows: [],
  busy: '',
  title: '',
  hint: '',
  isDone: false,
  hasSites: false,
};

const MINUTE_MS = 60_000;

export function authorizeView(state: ApprovalState, copy: Copy, now: number): AuthorizeView {
  const { authorize } = copy;
  switch (state.status) {
    case 'typing':
      return { ...EMPTY, status: 'typing', message: state.wrong ? authorize.wrong : '' };
    case 'reading':
    case 'signedOut':
      return { ...EMPTY, status: state.status };
    case 'failed':
      return { ...EMPTY, status: 'failed', message: explain(state.failure, copy) };
    case 'asking': {
      const { request, code, busy = '', failure } = state;
      return {
        ...EMPTY,
        status: 'asking',
        message: failure === undefined ? '' : explain(failure, copy),
        site: request.site.name,
        code: shownUserCode(code),
        rows: [
          { key: 'browser', label: authorize.browser, value: browserOf(request.device, copy) },
          { key: 'asked', label: authorize.askedAt, value: askedAgo(request, authorize, now) },
        ],
        busy,
      };
    }
    case 'approved':
    case 'denied': {
      const isApproved = state.status === 'approved';
      const hint = isApproved ? authorize.approvedHint : authorize.deniedHint;
      return {
        ...EMPTY,
        status: 'ended',
        title: isApproved ? authorize.approved : authorize.denied,
        hint: fill(hint, { site: state.site.name }),
        isDone: true,
        hasSites: isApproved,
      };
    }
    case 'useless':
      return {
        ...EMPTY,
        status: 'ended',
        ...authorize.useless[state.reason],
        hasSites: state.reason === 'used',
      };
  }
}

/** By the phone's clock. Where that can't be right, what is true of every request that waits. */
function askedAgo(
  { createdAt, expiresAt }: { createdAt: number; expiresAt: number },
  { justNow, minutesAgo, withinMinutes }: Copy['authorize'],
  now: number,
): string {
  const inMinutes = (ms: number) => ({ minutes: String(Math.floor(ms / MINUTE_MS)) });
  const agoMs = now - createdAt;
  const isWrong = agoMs <= -MINUTE_MS || now >= expiresAt;
  if (isWrong) return fill(withinMinutes, inMinutes(expiresAt - createdAt));
  return agoMs < MINUTE_MS ? justNow : fill(minutesAgo, inMinutes(agoMs));
}

function explain(failure: CallFailure, copy: Copy): string {
  const { code } = failure;
  if (isEndCode(code)) return copy.ended.SESSION_MISSING;
  return explainRefusal(failure, copy, copy.problem[code]);
}
