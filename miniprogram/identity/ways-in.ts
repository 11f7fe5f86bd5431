/**
 * The ways into the account of whoever is signed in: what a page knows of them, and how they are
 * linked and unlinked. No `wx` in here.
 */
import type { Contract, Identity, SignInRecord } from '#functions/contract';
import { createPersonal, type PersonalState } from '../session/personal-state';
import type { SessionCallOutcome } from '../session/protected-calls';
import type { SessionClient } from '../session/session-client';
import type { SessionState } from '../session/session-state';
import type { ReplyOf } from '../session/typed-call';

export type { Identity, SignInRecord } from '#functions/contract';

interface Loaded {
  identities: readonly Identity[];
  /** The latest first. `undefined`: none are kept here; `failed`: they could not be read. */
  signIns: readonly SignInRecord[] | 'failed' | undefined;
  busy: boolean;
}

export type WaysInState = PersonalState<Loaded>;

/** `undefined`: something else is under way, and this was not begun. */
export type ChangeOutcome = SessionCallOutcome<object> | undefined;

export interface WaysIn {
  readonly state: WaysInState;
  follow(current: SessionState): Promise<void>;
  reload(): Promise<void>;
  /** @param code from `bindgetphonenumber` */
  linkPhone(code: string): Promise<ChangeOutcome>;
  /** Links the WeChat of this phone. */
  linkWeChat(): Promise<ChangeOutcome>;
  /** May sign this phone out: where it came in by that way. */
  unlink(identityId: string): Promise<ChangeOutcome>;
}

type Client = Pick<SessionClient, 'call' | 'check' | 'forget'>;
type Listed = ReplyOf<Contract['identity'], 'list'>;

export function createWaysIn(client: Client, onChange: (state: WaysInState) => void): WaysIn {
  let busy = false;

  const kept = createPersonal<Listed & Pick<Loaded, 'signIns'>, Loaded>({
    async read() {
      const listed = await client.call('identity', { action: 'list' }, { idempotent: true });
      return listed.ok ? { ...listed, signIns: await readHistory() } : listed;
    },
    loadedFrom: ({ identities, signIns }) => ({ identities, signIns, busy }),
    onChange,
    staysWhileLoading: true,
  });

  async function readHistory(): Promise<Loaded['signIns']> {
    const read = await client.call('identity', { action: 'history' });
    if (read.ok) return read.signIns;
    return read.code === 'NOT_OFFERED' ? undefined : 'failed';
  }

  /**
   * Once, and not again by itself: after a sign-in it could be another account's. When the answer
   * is lost, the list tells whether it was done.
   */
  async function change(run: () => Promise<SessionCallOutcome<object>>): Promise<ChangeOutcome> {
    if (kept.state.status !== 'loaded' || busy) return undefined;
    busy = true;
    kept.show({ ...kept.state, busy });
    const outcome = await run();
    busy = false;
    await kept.reload();
    return outcome;
  }

  return {
    get state() {
      return kept.state;
    },
    follow: kept.follow,
    reload: kept.reload,
    linkPhone: (code) => change(() => client.call('identity', { action: 'link-phone', code })),
    linkWeChat: () => change(() => client.call('identity', { action: 'link-wechat' })),
    unlink: (identityId) =>
      change(async () => {
        const outcome = await client.call('identity', { action: 'unlink', identityId });
        // One of the sessions that have ended may be this one.
        if (outcome.ok && outcome.ended > 0) await leaveIfEnded(client);
        return outcome;
      }),
  };
}

/** They signed this phone out themselves: nobody has to be told why. */
async function leaveIfEnded(client: Client): Promise<void> {
  const state = await client.check();
  if (state.status === 'signedOut' && state.ended !== undefined) client.forget();
}
