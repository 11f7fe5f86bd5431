/** The one session of the mini program, on the real `wx`. */
import { gateway, transport } from '../config';
import type { CallFunction } from './cloud-call';
import { readDevice } from './device';
import { createSessionClient } from './session-client';
import { httpTransport } from './http-transport';
import { createSignInPrompt } from './sign-in-prompt';
import { sessionStorage } from './session-storage';
import { after } from './timer';

/** Asks the person to sign in; `<sign-in-host>` shows it on the page that is open. */
export const signInPrompt = createSignInPrompt();

export const session = createSessionClient({
  callFunction: transport === 'http' ? overHttp() : (options) => wx.cloud.callFunction(options),
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

/**
 * Ties the session to the life of the mini program. Call it once, in `onLaunch`, after
 * `wx.cloud.init`.
 */
export function startSession(): void {
  void session.ready();
  wx.onAppShow(() => void session.appShown());
  wx.onNetworkStatusChange(({ isConnected }) => {
    if (isConnected) void session.networkReturned();
  });
}

/**
 * Whether functions other than the session's own can be called: `note`, `profile` and `account`
 * need `wx.cloud`.
 */
export const reachesOwnFunctions = transport === 'cloud';

function overHttp(): CallFunction {
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
