/** What the person shows of themselves, as the pages know it: loaded, saved, and gone with the session. No `wx` in here. */
import type { Profile, ProfileReply } from '../../cloudfunctions/profile/profile-contract';
import type { SessionClient } from '../session/session-client';
import type { SessionState } from '../session/session-state';

export type ProfileState =
  | { status: 'signedOut' | 'loading' | 'failed' }
  | { status: 'loaded'; profile: Profile; saving: boolean };

/** Uploads a file of this phone, and resolves to its file id. */
export type UploadFile = (options: { cloudPath: string; filePath: string }) => Promise<string>;

export interface ProfileClient {
  readonly state: ProfileState;
  /** Calls the listener after each change. Returns how to stop. */
  onChange(listener: (state: ProfileState) => void): () => void;
  /** Follows who is signed in: loads their profile, and keeps nothing of it once they are signed out. */
  follow(session: SessionState): Promise<void>;
  reload(): Promise<void>;
  /** Resolve to whether it was saved. */
  saveNickname(nickname: string): Promise<boolean>;
  /** @param filePath what `chooseAvatar` gave */
  saveAvatar(filePath: string): Promise<boolean>;
  /** Takes back both. */
  clear(): Promise<boolean>;
}

type Loaded = Extract<ProfileReply, { ok: true }>;

const SIGNED_OUT: ProfileState = { status: 'signedOut' };
const PICTURE = /\.(png|jpe?g|gif|webp|svg)$/i;

/** @param newName a name for a file that no other has */
export function createProfileClient(
  call: SessionClient['call'],
  uploadFile: UploadFile,
  newName: () => string,
): ProfileClient {
  const listeners = new Set<(state: ProfileState) => void>();
  let state = SIGNED_OUT;
  let avatarFolder = '';
  /** Names one sign-in of one person, or nobody. */
  let shownFor = '';

  function show(next: ProfileState): void {
    state = next;
    for (const listener of [...listeners]) listener(next);
  }

  function accept({ profile, avatarFolder: folder }: Loaded): void {
    avatarFolder = folder;
    show({ status: 'loaded', profile, saving: false });
  }

  async function reload(): Promise<void> {
    const askedFor = shownFor;
    if (askedFor === '') return;
    show({ status: 'loading' });
    const outcome = await call<Loaded>('profile', { action: 'read' }, { idempotent: true });
    // By now somebody else may be signed in, or nobody.
    if (shownFor !== askedFor) return;
    if (outcome.ok) accept(outcome);
    else show({ status: 'failed' });
  }

  /** @param change what to save; a rejection is a failure to save */
  async function save(change: () => Promise<Partial<Profile>>): Promise<boolean> {
    const before = state;
    if (before.status !== 'loaded' || before.saving) return false;
    const savedFor = shownFor;
    show({ ...before, saving: true });
    const outcome = await attempt(change);
    if (shownFor !== savedFor) return false;
    if (outcome !== undefined) accept(outcome);
    else show(before);
    return outcome !== undefined;
  }

  async function attempt(change: () => Promise<Partial<Profile>>): Promise<Loaded | undefined> {
    try {
      const data = { action: 'save', ...(await change()) };
      const outcome = await call<Loaded>('profile', data, { idempotent: true });
      return outcome.ok ? outcome : undefined;
    } catch {
      return undefined;
    }
  }

  return {
    get state() {
      return state;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async follow(session) {
      const next = session.status === 'signedIn' ? session.session.id : '';
      if (next === shownFor) return;
      shownFor = next;
      if (next === '') show(SIGNED_OUT);
      else await reload();
    },
    reload,
    saveNickname: (nickname) => save(() => Promise.resolve({ nickname })),
    saveAvatar: (filePath) =>
      save(async () => {
        const extension = PICTURE.exec(filePath)?.[0].toLowerCase() ?? '.png';
        const cloudPath = `${avatarFolder}/${newName()}${extension}`;
        return { avatarFileId: await uploadFile({ cloudPath, filePath }) };
      }),
    clear: () => save(() => Promise.resolve({ nickname: '', avatarFileId: '' })),
  };
}
