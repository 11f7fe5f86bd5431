/**
 * A phone without a screen, for the session client: calls that a test answers, a clock that it
 * moves, storage that it breaks.
 */
import {
  createSessionClient,
  type SessionClient,
} from '../../../miniprogram/session/session-client';
import type { SessionClientDependencies } from '../../../miniprogram/session/session-client-contract';
import { sessionStorage } from '../../../miniprogram/session/session-storage';
import { PHONE } from '../../support/people';
import { AT } from '../../support/sessions';

/** Functions of which nothing is known: tests call what they like. */
type AnyFunctions = Record<string, { request: Record<string, unknown>; reply: { ok: true } }>;
export type PhoneClient = SessionClient<AnyFunctions>;

export interface MadeCall {
  name: string;
  data: Record<string, unknown>;
  answer: (result: unknown) => Promise<void>;
  fail: (error: unknown) => Promise<void>;
}

/** No answer came back. */
export const OFFLINE = { errCode: -1, errMsg: 'cloud.callFunction:fail request:fail' };

/** What a sign-out is answered. */
export const ENDED = { ok: true, ended: 1 };

export const refusal = (code: string, detail?: object) => ({
  ok: false,
  code,
  message: '',
  retryable: code === 'UNAVAILABLE' || code === 'TOO_MANY_ATTEMPTS',
  ...(detail && { detail }),
});

export const sessionOf = (id: string, changes: object = {}) => ({
  id,
  device: PHONE,
  createdAt: AT,
  renewedAt: AT,
  expiresAt: AT + 3_600_000,
  absoluteExpiresAt: AT + 7_200_000,
  current: true,
  ...changes,
});

export const signedInAs = (token: string) => ({
  ok: true,
  sessionToken: token,
  session: sessionOf(`id-of-${token}`),
});

/** Lets everything that is ready to run do so. */
export const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

export class SessionPhone {
  now = AT;
  readonly calls: MadeCall[] = [];
  /** How long was waited before each repetition. */
  readonly waits: number[] = [];
  readonly kept = new Map<string, unknown>();
  /** Which of the storage's calls throw, as they do on a phone that is full or broken. */
  readonly broken = new Set<'get' | 'set' | 'remove'>();
  /** How many keys there is room for. */
  room = Infinity;
  random = 0;
  device = (): typeof PHONE => PHONE;
  /** What the person answers when they are asked to sign in. */
  askToSignIn: NonNullable<SessionClientDependencies['askToSignIn']> = () => Promise.resolve(false);
  private timers: { at: number; run: () => void }[] = [];
  private attempts = 0;

  /** Starts the mini program: a new client over what the phone has kept. */
  start(): PhoneClient {
    this.timers = [];
    return createSessionClient<AnyFunctions>(this.dependencies());
  }

  dependencies(): SessionClientDependencies {
    return {
      callFunction: ({ name, data }) =>
        new Promise((resolve, reject) => {
          this.calls.push({
            name,
            data,
            answer: (result) => {
              resolve({ result });
              return settle();
            },
            fail: (error) => {
              reject(error);
              return settle();
            },
          });
        }),
      storage: sessionStorage({
        getStorageSync: (key) => {
          this.breakOn('get');
          return structuredClone(this.kept.get(key) ?? '');
        },
        setStorageSync: (key, value) => {
          this.breakOn('set');
          if (!this.kept.has(key) && this.kept.size >= this.room)
            throw new Error('exceed max size');
          this.kept.set(key, structuredClone(value));
        },
        removeStorageSync: (key) => {
          this.breakOn('remove');
          this.kept.delete(key);
        },
      }),
      device: () => this.device(),
      wait: (ms) => {
        this.waits.push(ms);
        return Promise.resolve();
      },
      random: () => this.random,
      now: () => this.now,
      after: (ms, run) => {
        const timer = { at: this.now + ms, run };
        this.timers.push(timer);
        return () => {
          this.timers = this.timers.filter((other) => other !== timer);
        };
      },
      askToSignIn: (reason) => this.askToSignIn(reason),
      newAttempt: () => `attempt-${String((this.attempts += 1)).padStart(16, '0')}`,
    };
  }

  async signedIn(token = 'token-1'): Promise<PhoneClient> {
    const client = this.start();
    const login = client.login();
    await this.last('login').answer(signedInAs(token));
    await login;
    return client;
  }

  /** A client that has signed in, and out without a network: the cloud has yet to hear of it. */
  async signedOutOffline(token = 'token-1', scope: 'this' | 'everywhere' = 'this') {
    const client = await this.signedIn(token);
    const logout = client.logout({ scope });
    await this.offline('logout');
    await logout;
    return client;
  }

  last(name: string): MadeCall {
    const call = this.calls.at(-1);
    if (call?.name !== name) throw new Error(`the last call is ${String(call?.name)}, not ${name}`);
    return call;
  }

  named(name: string): MadeCall[] {
    return this.calls.filter((call) => call.name === name);
  }

  /** Nobody is answered any more: each repetition of the last call fails too. */
  async offline(name: string): Promise<void> {
    for (let tries = 0; tries < 3; tries++) await this.last(name).fail(OFFLINE);
  }

  /** Time passes, and what was to happen in it does. */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    for (;;) {
      const [next] = this.timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.now = next.at;
      next.run();
      await settle();
    }
    this.now = until;
  }

  private breakOn(call: 'get' | 'set' | 'remove'): void {
    if (this.broken.has(call)) throw new Error(`the storage fails to ${call}`);
  }
}
