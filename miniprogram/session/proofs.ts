/** When to read again what could not be read: once the session has proved good. No `wx` in here. */
import type { SessionState } from './session-state';

export interface Proofs {
  /** Notes whether the session has just proved good. */
  see(state: SessionState): void;
  /** Something is about to be read, on the strength of what is known by now. */
  use(): void;
  /** Whether the session has proved good since the last reading, however that went. */
  isNew(): boolean;
}

export function createProofs(): Proofs {
  // Each answer of the cloud brings a session of its own, and nothing else does.
  let newest: object | undefined;
  let used: object | undefined;
  return {
    see(state) {
      const isSettled = state.busy === undefined && state.problem === undefined;
      if (state.status === 'signedIn' && isSettled) newest = state.session;
    },
    use() {
      used = newest;
    },
    isNew: () => newest !== used,
  };
}
