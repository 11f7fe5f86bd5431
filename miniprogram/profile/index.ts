/** The profile of whoever is signed in, on the real `wx`. */
import { session } from '../session/index';
import { reachesOwnFunctions } from '../settings/index';
import { after } from '../session/timer';
import { createProfileClient } from './profile-client';

export const profile = createProfileClient(
  session.call,
  async (options) => (await wx.cloud.uploadFile(options)).fileID,
  () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`,
  after,
);

if (reachesOwnFunctions()) {
  session.onChange((state) => void profile.follow(state));
  void profile.follow(session.state);
}
