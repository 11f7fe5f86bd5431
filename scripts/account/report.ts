/** What `npm run account -- ACTION --json` prints: no tokens, and no hashes. */
import type { AccountId, IdentityKind } from '#functions/operators';
import type { AccountState, Block } from './read-account';

/**
 * By the action. New fields may come; these stay as they are. Times are epoch milliseconds, as in
 * the contract of the functions. Where the command did not get that far, a `JsonFailure` is printed
 * instead.
 */
export interface AccountReports {
  show: ShownAccount | UnknownPhone;
  'sign-out': {
    account: AccountId;
    /** How many sessions. */
    ended: number;
  };
  block: {
    account: AccountId;
    /** Whether anything is kept that only a sign-in leaves; `false` may be a slip of the pen. */
    isKnown: boolean;
    blocked: ReportedBlock;
    /** Before. Its reason is replaced where another was given. */
    wasBlocked: boolean;
    /** How many sessions. */
    ended: number;
    /** Whether `ACCOUNT_BLOCKING` is on, as far as resources.json and the environment say. */
    isEnforced: boolean;
  };
  unblock: {
    account: AccountId;
    /** `false`: there was nothing to do. */
    wasBlocked: boolean;
  };
}

/** In every report. */
export interface ReportFrame {
  version: 1;
  /** Whether the exit code is 0: all was done; for `show`, there is something to be shown. */
  ok: boolean;
}

export interface ShownAccount {
  account: AccountId;
  /** Whether anything is kept that only a sign-in leaves. */
  isKnown: boolean;
  blocked: ReportedBlock | null;
  /** The oldest first. */
  waysIn: readonly {
    kind: IdentityKind;
    /** As its owner sees it, e.g. `138****5678`; empty for a WeChat without a document. */
    label: string;
    /** Absent for who founded the account and has no document. */
    linkedAt?: number;
  }[];
  /** Those that are live. */
  sessions: readonly {
    device: { name: string; platform: string };
    signedInBy: IdentityKind;
    /** Absent for a mini program: the web page's site. */
    site?: { id: string; name: string };
    createdAt: number;
    renewedAt: number;
    expiresAt: number;
  }[];
  /** The latest first. */
  signIns: readonly {
    at: number;
    kind: string;
    device: { name: string; platform: string };
    /** Absent where it was let in: a code of the contract. */
    refused?: string;
  }[];
}

/** Nobody has linked the number, or the key is another deployment's. */
export interface UnknownPhone {
  account: null;
  isKnown: false;
}

/** Both are absent in a document that somebody has edited. */
export interface ReportedBlock {
  blockedAt?: number;
  reason?: string;
}

export function shownAccount(state: AccountState): ShownAccount {
  const { account, isKnown, blocked, waysIn, sessions, signIns } = state;
  return {
    account,
    isKnown,
    blocked: blocked === undefined ? null : reportedBlock(blocked),
    waysIn: waysIn.map(({ kind, label, linkedAt }) => ({
      ...{ kind, label },
      ...(linkedAt && { linkedAt: linkedAt.getTime() }),
    })),
    sessions: sessions.map(({ device, signedInBy, client, createdAt, ...times }) => ({
      device: { name: device.name, platform: device.platform },
      signedInBy: signedInBy ?? 'wechat',
      ...(client && { site: { id: client.id, name: client.name } }),
      createdAt: createdAt.getTime(),
      renewedAt: times.renewedAt.getTime(),
      expiresAt: times.expiresAt.getTime(),
    })),
    signIns: signIns.map(({ at, kind, device, refused }) => ({
      ...{ at: at.getTime(), kind, device: { name: device.name, platform: device.platform } },
      ...(refused !== undefined && { refused }),
    })),
  };
}

export function reportedBlock({ blockedAt, reason }: Block): ReportedBlock {
  return {
    ...(blockedAt && { blockedAt: blockedAt.getTime() }),
    ...(reason !== undefined && { reason }),
  };
}
