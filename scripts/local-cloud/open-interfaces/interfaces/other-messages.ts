/** Messages of other kinds: kept with the call, as subscribe messages are. */
import { isFields } from '../../bson/fields';
import { requiredOpenId, requiredText, WeChatError, type OpenInterface } from '../open-interface';

export const templateMessage: OpenInterface = {
  sends: true,
  answer(call) {
    requiredOpenId(call, 'touser');
    requiredText(call, 'template_id', 40037, 'invalid template_id');
    requiredText(call, 'form_id', 41028, 'invalid form id');
    return {};
  },
};

export const uniformMessage: OpenInterface = {
  sends: true,
  answer(call) {
    requiredOpenId(call, 'touser');
    return {};
  },
};

export const customerServiceMessage: OpenInterface = {
  sends: true,
  answer(call) {
    requiredOpenId(call, 'touser');
    const type = requiredText(call, 'msgtype', 40008, 'invalid message type');
    if (!isFields(call.args[type])) throw new WeChatError(44004, 'empty content');
    return {};
  },
};
