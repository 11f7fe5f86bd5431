/** QQ: https://q.qq.com/wiki/develop/miniprogram/server/open_port/port_login.html */
import { decodeSessionReply, type Provider } from './provider';

export const qq: Provider = {
  url: 'https://api.q.qq.com',
  path: '/sns/jscode2session',
  outcomeOf: (reply) =>
    decodeSessionReply(reply, {
      [-1]: 'busy',
      40029: 'bad',
      40163: 'bad',
      45011: 'tooFrequent',
    }),
};
