/**
 * What a page knows of something that belongs to the person who is signed in: read for each
 * session, read again once the session proves good after a failure, and gone when they sign out. No
 * `wx` in here.
 */
import { createProofs } from './proofs';
import type { SessionCallOutcome } from './protected-calls';
import { sessionIdOf, type SessionState } from './session-state';

export type PersonalState<Loaded extends object> =
  | { status: 'signedOut' | 'loading' | 'failed' }
  | ({ status: 'loaded' } & Loaded);

export interface Personal<Loaded extends object> {
  readonly state: PersonalState<Loaded>;
  /** Names the session that it was read for; `''`: nobody is signed in. */
  readonly shownFor: string;
  readonly show: (state: PersonalState<Loaded>) => void;
  readonly follow: (current: SessionState) => Promise<void>;
  /**
   * Reads it, if somebody is signed in: nobody is asked to sign in for what they have just left.
   */
  readonly reload: () => Promise<void>;
}

export interface PersonalDependencies<Reply extends object, Loaded extends object> {
  read: () => Promise<SessionCallOutcome<Reply>>;
  loadedFrom: (reply: Reply) => Loaded;
  onChange: (state: PersonalState<Loaded>) => void;
  /** What is loaded stays on the screen while it is read again. */
  staysWhileLoading?: boolean;
}

export function createPersonal<Reply extends object, Loaded extends object>({
  read,
  loadedFrom,
  onChange,
  staysWhileLoading = false,
}: PersonalDependencies<Reply, Loaded>): Personal<Loaded> {
  let state: PersonalState<Loaded> = { status: 'signedOut' };
  let shownFor = '';
  const proofs = createProofs();

  function show(next: PersonalState<Loaded>): void {
    state = next;
    onChange(next);
  }

  async function reload(): Promise<void> {
    const askedFor = shownFor;
    if (askedFor === '') return;
    proofs.use();
    if (!staysWhileLoading || state.status !== 'loaded') show({ status: 'loading' });
    const outcome = await read();
    // By now somebody else may be signed in, or nobody.
    if (shownFor !== askedFor) return;
    show(outcome.ok ? { status: 'loaded', ...loadedFrom(outcome) } : { status: 'failed' });
    await readAgain();
  }

  async function readAgain(): Promise<void> {
    if (state.status === 'failed' && proofs.isNew()) await reload();
  }

  return {
    get state() {
      return state;
    },
    get shownFor() {
      return shownFor;
    },
    show,
    async follow(current) {
      const next = sessionIdOf(current);
      proofs.see(current);
      if (next === shownFor) return readAgain();
      shownFor = next;
      if (next === '') show({ status: 'signedOut' });
      else await reload();
    },
    reload,
  };
}
