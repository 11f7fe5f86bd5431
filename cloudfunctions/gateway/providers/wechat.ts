/**
 * WeChat: https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html
 */
import { decodeSessionReply, type Provider } from './provider';

export const wechat: Provider = {
  url: 'https://api.weixin.qq.com',
  path: '/sns/jscode2session',
  outcomeOf: (reply) =>
    decodeSessionReply(reply, {
      [-1]: 'busy',
      40029: 'bad',
      40163: 'bad',
      40226: 'bad',
      45011: 'tooFrequent',
    }),
};
