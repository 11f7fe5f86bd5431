/** `templateMessage.send` and `uniformMessage.send`: kept with the call, for `GET /calls`. */
import { requiredOpenId, requiredText, type OpenInterface } from '../open-interface';

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
