/** The devices that a person is signed in on: what a page knows of them, and how they are ended. No `wx` in here. */
import type { SessionInfo } from '#functions/contract';
import { createProofs } from '../session/proofs';
import type { SessionClient } from '../session/session-client';
import type { SessionState } from '../session/session-state';

export type DeviceListState =
  | { status: 'signedOut' | 'loading' | 'failed' }
  | { status: 'loaded'; sessions: readonly SessionInfo[]; busy: boolean };

export interface DeviceList {
  readonly state: DeviceListState;
  follow(session: SessionState): Promise<void>;
  reload(): Promise<void>;
  /** Resolve to whether it was done. */
  end(sessionId: string): Promise<boolean>;
  endOthers(): Promise<boolean>;
}

export function createDeviceList(
  session: Pick<SessionClient, 'call' | 'logout'>,
  onChange: (state: DeviceListState) => void,
): DeviceList {
  let state: DeviceListState = { status: 'signedOut' };
  let shownFor = '';
  const proofs = createProofs();

  function show(next: DeviceListState): void {
    state = next;
    onChange(next);
  }

  async function reload(): Promise<void> {
    const askedFor = shownFor;
    // Nobody is asked to sign in for a list that they have just left.
    if (askedFor === '') return;
    proofs.use();
    if (state.status !== 'loaded') show({ status: 'loading' });
    const outcome = await session.call('session', { action: 'list' }, { idempotent: true });
    if (shownFor !== askedFor || shownFor === '') return;
    show(
      outcome.ok
        ? { status: 'loaded', sessions: outcome.sessions, busy: false }
        : { status: 'failed' },
    );
    await readAgain();
  }

  async function readAgain(): Promise<void> {
    if (state.status === 'failed' && proofs.isNew()) await reload();
  }

  async function change(run: () => Promise<{ ok: boolean }>): Promise<boolean> {
    if (state.status !== 'loaded' || state.busy) return false;
    show({ ...state, busy: true });
    const { ok } = await run();
    await reload();
    return ok;
  }

  return {
    get state() {
      return state;
    },
    async follow(current) {
      const next = current.status === 'signedIn' ? current.session.id : '';
      proofs.see(current);
      if (next === shownFor) return readAgain();
      shownFor = next;
      if (next === '') show({ status: 'signedOut' });
      else await reload();
    },
    reload,
    end: (sessionId) =>
      change(() => session.call('session', { action: 'revoke', sessionId }, { idempotent: true })),
    endOthers: () => change(() => session.logout({ scope: 'others' })),
  };
}
