/**
 * The devices that a person is signed in on: what a page knows of them, and how they are ended. No
 * `wx` in here.
 */
import type { SessionInfo } from '#functions/contract';
import { createPersonal, type PersonalState } from '../session/personal-state';
import type { SessionClient } from '../session/session-client';
import type { SessionState } from '../session/session-state';

export type DeviceListState = PersonalState<{ sessions: readonly SessionInfo[]; busy: boolean }>;

export interface DeviceList {
  readonly state: DeviceListState;
  follow(current: SessionState): Promise<void>;
  reload(): Promise<void>;
  /** Resolve to whether it was done. */
  end(sessionId: string): Promise<boolean>;
  endOthers(): Promise<boolean>;
}

export function createDeviceList(
  client: Pick<SessionClient, 'call' | 'logout'>,
  onChange: (state: DeviceListState) => void,
): DeviceList {
  const list = createPersonal({
    read: () => client.call('session', { action: 'list' }, { idempotent: true }),
    loadedFrom: ({ sessions }) => ({ sessions, busy: false }),
    onChange,
    staysWhileLoading: true,
  });

  async function change(run: () => Promise<{ ok: boolean }>): Promise<boolean> {
    const { state } = list;
    if (state.status !== 'loaded' || state.busy) return false;
    list.show({ ...state, busy: true });
    const { ok } = await run();
    await list.reload();
    return ok;
  }

  return {
    get state() {
      return list.state;
    },
    follow: list.follow,
    reload: list.reload,
    end: (sessionId) =>
      change(() => client.call('session', { action: 'revoke', sessionId }, { idempotent: true })),
    endOthers: () => change(() => client.logout({ scope: 'others' })),
  };
}
