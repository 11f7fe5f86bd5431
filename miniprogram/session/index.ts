/**
 * The one session of the mini program, on the real `wx`. What this file exports is what the package
 * `wechat-cloud-session` offers to mini programs.
 */
import { configure, settings, settle, type SessionSettings } from '../settings/index';
import type { CallFunction } from './cloud-call';
import { readDevice } from './device';
import { createSessionClient, type SessionClient } from './session-client';
import { httpTransport } from './http-transport';
import { createSignInPrompt } from './sign-in-prompt';
import { sessionStorage } from './session-storage';
import { after } from './timer';

export type { OwnTexts, SessionSettings, SignInMethod } from '../settings/index';
export type * from './functions';
export type { CallOptions, SessionCallOutcome } from './protected-calls';
export type { LogoutOutcome, SessionClient, SignInWay } from './session-client';
export type { SessionState } from './session-state';
export type { SignInReason } from './sign-in-prompt';

/** Asks the person to sign in; `<sign-in-host>` shows it on the page that is open. */
export const signInPrompt = createSignInPrompt();

const client = createSessionClient({
  callFunction: (options) => callFunction(options),
  storage: sessionStorage({
    getStorageSync: (key) => wx.getStorageSync<unknown>(key),
    setStorageSync: (key, value) => wx.setStorageSync(key, value),
    removeStorageSync: (key) => wx.removeStorageSync(key),
  }),
  device: () => readDevice(wx.getDeviceInfo()),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: () => Math.random(),
  after,
  askToSignIn: (reason) => signInPrompt.ask(reason),
});

/** The session of the person who holds this phone. */
export const session: ConfigurableSession = Object.assign(client, { configure });

export interface ConfigurableSession extends SessionClient {
  /**
   * Says how the session is to be; call it before `startSession`, and before a page shows anything:
   * what is left out keeps its default, or what was said before.
   *
   * @throws TypeError that names what is unknown or has another form
   * @throws Error once the session has started
   */
  readonly configure: (settings: Partial<SessionSettings>) => void;
}

/**
 * Ties the session to the life of the mini program. Call it once, in `onLaunch`, after
 * `wx.cloud.init`.
 */
export function startSession(): void {
  settle();
  void session.ready();
  wx.onAppShow(() => void session.appShown());
  wx.onNetworkStatusChange(({ isConnected }) => {
    if (isConnected) void session.networkReturned();
  });
}

let http: CallFunction | undefined;

/** By the settings, which are there by the first call. */
function callFunction(options: Parameters<CallFunction>[0]): ReturnType<CallFunction> {
  if (settings().transport === 'cloud') return wx.cloud.callFunction(options);
  return (http ??= overHttp())(options);
}

function overHttp(): CallFunction {
  const { gateway } = settings();
  return httpTransport({
    gatewayUrl: gateway.url,
    provider: gateway.platform,
    get appid() {
      return wx.getAccountInfoSync().miniProgram.appId;
    },
    loginCode: async () => (await wx.login()).code,
    request: (request) =>
      new Promise((success, fail) => {
        wx.request({ ...request, success, fail: ({ errMsg }) => fail(new Error(errMsg)) });
      }),
  });
}
