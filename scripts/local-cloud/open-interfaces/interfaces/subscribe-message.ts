/**
 * `subscribeMessage.send`: the message is kept with the call, for `GET /calls`. Whether the person
 * agreed is not known here: for 43101, set an answer.
 */
import { isFields } from '../../bson/fields';
import { requiredOpenId, requiredText, WeChatError, type OpenInterface } from '../open-interface';

/**
 * How long values may be, in characters, by how their keys begin
 * (https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-message-management/subscribe-message/api_sendmessage.html).
 */
const LIMITS: readonly [key: RegExp, characters: number][] = [
  [/^thing\d+$/, 20],
  [/^character_string\d+$/, 32],
  [/^letter\d+$/, 32],
  [/^number\d+$/, 32],
  [/^symbol\d+$/, 5],
  [/^phone_number\d+$/, 17],
  [/^car_number\d+$/, 8],
  [/^name\d+$/, 20],
  [/^phrase\d+$/, 5],
];

export const send: OpenInterface = {
  sends: true,
  answer(call) {
    requiredOpenId(call, 'touser');
    requiredText(call, 'template_id', 40037, 'invalid template_id');
    const { data } = call.args;
    if (!isFields(data)) throw new WeChatError(47003, 'argument invalid! data is empty');
    const wrong = Object.keys(data).find((key) => !isValid(key, data[key]));
    if (wrong !== undefined) {
      throw new WeChatError(47003, `argument invalid! data.${wrong}.value invalid`);
    }
    return {};
  },
};

function isValid(key: string, field: unknown): boolean {
  const value = isFields(field) ? field['value'] : undefined;
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const characters = Array.from(String(value)).length;
  const [, limit = Infinity] = LIMITS.find(([keys]) => keys.test(key)) ?? [];
  return characters > 0 && characters <= limit;
}
