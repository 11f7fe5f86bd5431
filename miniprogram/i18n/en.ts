import type { Copy } from './zh-CN';

export const en: Copy = {
  home: {
    title: 'Sign-in you can trust',
    intro: 'Signing in is up to you. Everything below can be read without it.',
    articles: [
      {
        title: 'What is kept when I sign in?',
        body: 'One record: when you signed in, when it ends, and the name of the device. The key to it stays on your phone; the server only has a digest, which cannot be turned back into the key.',
      },
      {
        title: 'What if I sign in on another phone?',
        body: 'One device is signed in at a time. When you sign in on a new one, the old one is signed out and tells you when and on which device it happened.',
      },
      {
        title: 'What happens when I sign out?',
        body: 'The key on this phone is deleted at once, and the record on the server goes with it. It works without a network too: the server is told once you are back online.',
      },
    ],
  },
  card: {
    signedOut: 'Not signed in',
    signedOutHint: 'Sign in to see the sign-in status of this device',
    signIn: 'Sign in with WeChat',
    signingIn: 'Signing in…',
    signedIn: 'Signed in',
    device: 'Device',
    thisDevice: 'This device',
    since: 'Signed in',
    until: 'Valid until',
    refresh: 'Refresh status',
    checking: 'Refreshing…',
    signOut: 'Sign out',
  },
  note: {
    title: 'My note',
    placeholder: 'Only you can see it',
    save: 'Save',
    saving: 'Saving…',
    reading: 'Loading…',
    saved: 'Saved',
    failed: 'That did not work. Please try again.',
  },
  ended: {
    SESSION_MISSING: 'You are no longer signed in. Please sign in again.',
    SESSION_EXPIRED: 'Your sign-in has expired. Please sign in again.',
    SESSION_REPLACED:
      'Your account signed in on “{device}” at {time}, so this device was signed out. If that was not you, sign in again.',
    SESSION_REVOKED: 'You signed this device out from “{device}” at {time}.',
  },
  problem: {
    NETWORK: 'No network connection. Check it and try again.',
    UNAVAILABLE: 'The service is busy. Please try again shortly.',
    INTERNAL: 'Something went wrong on our side. Please try again shortly.',
    INVALID_INPUT: 'The request was not accepted. Please update the mini program and try again.',
    NO_IDENTITY: 'Your WeChat identity could not be confirmed. Please open this in WeChat.',
  },
  otherDevice: 'another device',
  months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  time: '{day} {month} {clock}',
};
