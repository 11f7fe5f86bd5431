/** The one session of the mini program, on the real `wx`. */
import { readDevice } from './device';
import { createSessionClient } from './session-client';
import { createSignInPrompt } from './sign-in-prompt';
import { sessionStorage } from './session-storage';

export const session = createSessionClient({
  callFunction: (options) => wx.cloud.callFunction(options),
  storage: sessionStorage({
    getStorageSync: (key) => wx.getStorageSync<unknown>(key),
    setStorageSync: (key, value) => wx.setStorageSync(key, value),
    removeStorageSync: (key) => wx.removeStorageSync(key),
  }),
  device: () => readDevice(wx.getDeviceInfo()),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: () => Math.random(),
});

/** The one question whether the person wants to sign in. `<sign-in-host>` shows it on the page that is open. */
export const signInPrompt = createSignInPrompt();
session.askToSignInWith(() => signInPrompt.ask());

wx.onNetworkStatusChange(({ isConnected }) => {
  if (isConnected) void session.sendPendingLogouts();
});
