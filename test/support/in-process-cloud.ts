/** The functions without a server, for flows in jsdom: the real actions on stores in memory. */
import {
  noteAction,
  type NoteStore,
  profileAction,
  removeUpload,
  type KeptProfile,
  type Session,
  defaultPolicy,
  type SessionPolicy,
  type SessionId,
  withSession,
  type ProtectedEnvironment,
  sessionFunctions,
} from '#functions/testing';
import type { TempFile } from '#preview/testing';
import { memoryProfileStore } from './memory-profile-store';
import { memorySessionStore } from './memory-session-store';
import { LIN, wxContextOf } from './people';
import { AT } from './sessions';

export interface InProcessCloud {
  now: number;
  readonly sessions: ReadonlyMap<SessionId, Session>;
  /** The names of the functions that were called. */
  readonly calls: string[];
  /** Uploaded files, for `openPhone`. */
  readonly files: Map<string, TempFile>;
  /** Calls as this person, for `openPhone`. */
  as(openid: string): (name: string, data: unknown) => Promise<unknown>;
}

export function createInProcessCloud(policy: Partial<SessionPolicy> = {}): InProcessCloud {
  const sessions = new Map<SessionId, Session>();
  const notes = new Map<string, string>();
  const calls: string[] = [];
  const files = new Map<string, TempFile>();
  const profiles = new Map<string, KeptProfile>();
  const noteStore: NoteStore = {
    read: (account) => Promise.resolve(notes.get(account) ?? ''),
    save: ({ account }, text) => {
      notes.set(account, text);
      return Promise.resolve({ ok: true });
    },
  };
  const profileStore = memoryProfileStore(profiles, {
    isOurs: () => true,
    removeFiles: (fileIds) => {
      for (const id of fileIds) files.delete(id);
      return Promise.resolve([]);
    },
  });
  return {
    now: AT,
    sessions,
    calls,
    files,
    as(openid) {
      const environment: ProtectedEnvironment = {
        getWXContext: () => wxContextOf({ openid, appid: LIN.appid }),
        store: memorySessionStore({ sessions, now: () => this.now }),
        policy: { ...defaultPolicy, ...policy },
        now: () => new Date(this.now),
        log: () => undefined,
        // Nothing here is created behind a deletion: there is no `account`.
        whileSignedIn: () => Promise.resolve(true),
      };
      const functions: Record<string, (event: unknown) => Promise<unknown>> = {
        ...sessionFunctions(environment),
        note: withSession('note', (call) => noteAction(call, noteStore), { environment }),
        profile: withSession('profile', (call) => profileAction(call, profileStore), {
          environment,
          tidyUp: (call) => removeUpload(call, profileStore),
        }),
      };
      return (name, data) => {
        calls.push(name);
        const run = functions[name];
        // As the cloud refuses a function that does not exist.
        if (run === undefined)
          return Promise.reject(Object.assign(new Error(name), { errCode: -501000 }));
        return run(data);
      };
    },
  };
}
