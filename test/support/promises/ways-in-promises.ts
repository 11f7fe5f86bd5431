/** What holds after every call, whatever it was: read off the documents that there are. */
import {
  accountOf,
  isAtHome,
  ownAccount,
  ownIdentityId,
  type AccountId,
  type IdentityId,
  type Session,
  type StoredIdentity,
} from '#functions/testing';
import type { WaysInCommand } from './ways-in-commands';
import { WaysInRules } from './ways-in-rules';

export type Calling = Exclude<WaysInCommand, { kind: 'advance' | 'policy' }>;

export abstract class WaysInPromises extends WaysInRules {
  readonly broken: string[] = [];
  /** Every token that anybody got. */
  protected readonly given: string[] = [];
  /**
   * Tokens whose sessions may outlive their way in: what should have ended them was cut short and
   * never acknowledged, or policy has changed.
   */
  protected readonly excused = new Set<string>();

  protected verifySessions({ kind }: WaysInCommand): void {
    const { policy, now } = this.world;
    const counts = new Map<AccountId, number>();
    for (const session of this.activeSessions()) {
      if (session.slot >= policy.sessionsPerUser || session.expiresAt.getTime() <= now) continue;
      const count = (counts.get(accountOf(session)) ?? 0) + 1;
      counts.set(accountOf(session), count);
      if (count > policy.sessionsPerUser) this.fail('an account has too many sessions');
    }
    for (const [token, session] of this.unfounded()) {
      if (this.excused.has(token)) continue;
      this.fail(
        `after ${kind} a session goes on whose way in (${session.signedInBy ?? 'wechat'}) is not linked`,
      );
    }
  }

  /** Tokens that open an account into which what they came in by does not lead. */
  private unfounded(): [string, Session][] {
    return this.given.flatMap((token): [string, Session][] => {
      const session = this.world.stored(token);
      if (session?.state !== 'active') return [];
      return this.world.leadsInto(session) === accountOf(session) ? [] : [[token, session]];
    });
  }

  protected excuse(): void {
    for (const [token] of this.unfounded()) this.excused.add(token);
  }

  /**
   * A way in goes from one account straight into another only with the WeChat itself, and the last
   * one into an account is not lost.
   */
  protected verifyWaysIn(
    command: Calling,
    before: ReadonlyMap<IdentityId, StoredIdentity>,
    usableBefore: ReadonlySet<AccountId>,
  ): void {
    for (const [id, { kind, account }] of before) {
      const now = this.world.identities.get(id);
      if (now === undefined || now.account === account) continue;
      if (kind === 'phone' || kind === 'password') {
        if (command.during === undefined) this.fail(`a ${kind} of one account is in another`);
      }
    }
    if (kindsIn(command).some((kind) => kind === 'delete')) return;
    // A WeChat that is alone in its own account may be linked to another.
    const leaving = kindsIn(command).includes('linkWechat')
      ? this.devices.flatMap(({ wechat }) => {
          const own = before.get(ownIdentityId(wechat));
          return own === undefined ? [ownAccount(wechat)] : isAtHome(own) ? [own.account] : [];
        })
      : [];
    const usable = this.usableAccounts();
    for (const account of usableBefore) {
      if (usable.has(account) || leaving.includes(account)) continue;
      if (countOf(before, account) === 0) continue;
      this.fail(`after ${command.kind} nothing leads into an account any more`);
    }
    for (const account of leaving) {
      if (usable.has(account) || this.linkedTo(account).length === 0) continue;
      this.fail(`after ${command.kind} an account was left to what can't open it`);
    }
  }

  protected fail(what: string): void {
    this.broken.push(what);
  }
}

function countOf(before: ReadonlyMap<IdentityId, StoredIdentity>, account: AccountId): number {
  return [...before.values()].filter((one) => one.account === account).length;
}

/** The command, and what runs in its middle. */
export const kindsIn = (command: WaysInCommand): string[] =>
  'during' in command && command.during !== undefined
    ? [command.kind, ...kindsIn(command.during.command)]
    : [command.kind];
