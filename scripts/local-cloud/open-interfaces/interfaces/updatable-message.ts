/** `updatableMessage.*`: a card in a chat whose text changes. Nothing shows it here. */
import { randomBytes } from 'node:crypto';
import { requiredText, type OpenInterface } from '../open-interface';

const LIFE_SECONDS = 24 * 60 * 60;

export const createActivityId: OpenInterface = {
  answer: ({ nowMs }) => ({
    activity_id: randomBytes(24).toString('base64url'),
    expiration_time: Math.floor(nowMs / 1000) + LIFE_SECONDS,
  }),
};

export const setUpdatableMsg: OpenInterface = {
  sends: true,
  answer(call) {
    requiredText(call, 'activity_id', 47501, 'invalid activity_id');
    return {};
  },
};
