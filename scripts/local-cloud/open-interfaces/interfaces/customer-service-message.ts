/** `customerServiceMessage.*`: messages are kept with the call, for `GET /calls`; files are not. */
import { randomBytes } from 'node:crypto';
import { isFields } from '../../bson/fields';
import {
  Media,
  requiredOpenId,
  requiredText,
  WeChatError,
  type OpenInterface,
} from '../open-interface';

export const send: OpenInterface = {
  sends: true,
  answer(call) {
    requiredOpenId(call, 'touser');
    const type = requiredText(call, 'msgtype', 40008, 'invalid message type');
    if (!isFields(call.args[type])) throw new WeChatError(44004, 'empty content');
    return {};
  },
};

export const setTyping: OpenInterface = {
  answer(call) {
    requiredOpenId(call, 'touser');
    return {};
  },
};

export const uploadTempMedia: OpenInterface = {
  answer({ args: { type, media }, nowMs }) {
    if (type !== 'image') throw new WeChatError(40004, 'invalid media type');
    if (!(media instanceof Media)) throw new WeChatError(41005, 'media data missing');
    const mediaId = randomBytes(48).toString('base64url');
    return { type, media_id: mediaId, created_at: Math.floor(nowMs / 1000) };
  },
};
