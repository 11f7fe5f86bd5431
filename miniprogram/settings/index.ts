/** The settings of this mini program: one set for all of it. */
import { DEFAULT_SETTINGS, settingsWith, type SessionSettings } from './settings';

export type { OwnTexts, SessionSettings, SignInMethod } from './settings';

let current = DEFAULT_SETTINGS;
let isSettled = false;

export const settings = (): SessionSettings => current;

/**
 * Says how the session is to be, before it starts: what is left out keeps its default, or what was
 * said before.
 *
 * @throws TypeError that names what is unknown or has another form
 * @throws Error once the session has started: what was shown would be wrong
 */
export function configure(given: Partial<SessionSettings>): void {
  if (isSettled) {
    throw new Error('session.configure: it is too late; call it before startSession().');
  }
  current = settingsWith(current, given);
}

/** From now on the settings stay. */
export function settle(): void {
  isSettled = true;
}

/**
 * Whether functions other than the session's own can be called: `note`, `profile` and `account`
 * need `wx.cloud`.
 */
export const reachesOwnFunctions = (): boolean => current.transport === 'cloud';
