/**
 * The person's picture and name, as the pages know them: loaded, saved, and gone with the session.
 * No `wx` in here.
 */
import type { Contract, Profile } from '#functions/contract';
import type { After } from '../session/cloud-call';
import { createListeners } from '../session/listeners';
import { createPersonal, type PersonalState } from '../session/personal-state';
import type { SessionCallOutcome } from '../session/protected-calls';
import type { SessionClient } from '../session/session-client';
import type { SessionState } from '../session/session-state';
import type { ReplyOf } from '../session/typed-call';

declare module '../session/functions' {
  interface Functions {
    profile: Contract['profile'];
  }
}

export type ProfileState = PersonalState<{ profile: Profile; saving: boolean }>;

/** Uploads a file of this phone, and resolves to its file id. */
export type UploadFile = (options: { cloudPath: string; filePath: string }) => Promise<string>;

export interface ProfileClient {
  readonly state: ProfileState;
  /** Calls the listener after each change. Returns how to stop. */
  onChange(listener: (state: ProfileState) => void): () => void;
  /**
   * Follows who is signed in: loads their profile, and keeps nothing of it once they are signed
   * out.
   */
  follow(current: SessionState): Promise<void>;
  reload(): Promise<void>;
  /** Resolve to whether it was saved. */
  saveNickname(nickname: string): Promise<boolean>;
  /** @param filePath what `chooseAvatar` gave */
  saveAvatar(filePath: string): Promise<boolean>;
  /** Takes back both. */
  clear(): Promise<boolean>;
}

type Loaded = ReplyOf<Contract['profile'], 'read'>;

/** An upload is given up after this time, in milliseconds; a photo takes less on a slow network. */
const LONGEST_UPLOAD_MS = 60_000;
const PICTURE = /\.(png|jpe?g|gif|webp|svg)$/i;

/** @param newName a unique name for a file */
export function createProfileClient(
  call: SessionClient['call'],
  uploadFile: UploadFile,
  newName: () => string,
  after: After,
): ProfileClient {
  const listeners = createListeners<ProfileState>();
  let avatarFolder = '';

  const kept = createPersonal({
    read: () => call('profile', { action: 'read' }, { idempotent: true }),
    loadedFrom,
    onChange: (state) => listeners.tell(state),
  });

  function loadedFrom(reply: Loaded): { profile: Profile; saving: boolean } {
    avatarFolder = reply.avatarFolder;
    return { profile: reply.profile, saving: false };
  }

  /**
   * @param change makes what is saved, anew for a save that is repeated; if it rejects, the save
   * has failed
   */
  async function save(change: () => Promise<Partial<Profile>>): Promise<boolean> {
    const before = kept.state;
    if (before.status !== 'loaded' || before.saving) return false;
    const savedFor = kept.shownFor;
    kept.show({ ...before, saving: true });
    const outcome = await attempt(change);
    if (kept.shownFor !== savedFor) {
      // Saved after another sign-in: what was read for that one may be out of date.
      if (outcome !== undefined) await kept.reload();
    } else if (outcome !== undefined) kept.show({ status: 'loaded', ...loadedFrom(outcome) });
    else kept.show(before);
    return outcome !== undefined;
  }

  async function attempt(change: () => Promise<Partial<Profile>>): Promise<Loaded | undefined> {
    const made = async (): Promise<Partial<Profile>> => {
      const changes = await change();
      // An upload takes a while: somebody who has signed out meanwhile is not asked to sign in for
      // it.
      if (kept.shownFor === '') throw new Error('nobody is signed in any more');
      return changes;
    };
    try {
      const data = { action: 'save' as const, ...(await made()) };
      const anew = async (): Promise<void> => void Object.assign(data, await made());
      const save = (): Promise<SessionCallOutcome<Loaded>> =>
        call('profile', data, {
          idempotent: true,
          // Nothing of this person is left: a picture that was uploaded is gone, too.
          beforeResume: (code) => (code === 'SESSION_MISSING' ? anew() : Promise.resolve()),
        });
      let outcome = await save();
      // The picture of a refused save was removed, and cannot be saved any more.
      if (!outcome.ok && 'detail' in outcome && outcome.detail?.field === 'avatarFileId') {
        await anew();
        outcome = await save();
      }
      return outcome.ok ? outcome : undefined;
    } catch {
      return undefined;
    }
  }

  function uploaded(file: Parameters<UploadFile>[0]): Promise<string> {
    return new Promise((resolve, reject) => {
      const cancel = after(LONGEST_UPLOAD_MS, () => reject(new Error('the upload was given up')));
      void uploadFile(file).then(resolve, reject).finally(cancel);
    });
  }

  return {
    get state() {
      return kept.state;
    },
    onChange: (listener) => listeners.add(listener),
    follow: kept.follow,
    reload: kept.reload,
    saveNickname: (nickname) => save(() => Promise.resolve({ nickname })),
    saveAvatar: (filePath) =>
      save(async () => {
        const extension = PICTURE.exec(filePath)?.[0].toLowerCase() ?? '.png';
        const cloudPath = `${avatarFolder}/${newName()}${extension}`;
        return { avatarFileId: await uploaded({ cloudPath, filePath }) };
      }),
    clear: () => save(() => Promise.resolve({ nickname: '', avatarFileId: '' })),
  };
}
