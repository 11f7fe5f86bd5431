/** Everything that the preview is told about this app. */
import { fieldsOrNone, stringOrEmpty } from '../app/decode';
import type { PreviewApp } from '../app/preview-app';
import { signInRequestRecords } from './sign-in-request-records';
import { identityRecords, signInRecords } from './identity-records';
import { PEOPLE } from './people';
import { PROVIDERS } from './providers';
import { sessionRecords } from './session-records';

export const thisApp: PreviewApp = {
  title: { zh: '微信云开发 · 登录会话', en: 'WeChat cloud sessions' },
  introduction: {
    zh: [
      '先在左边登录，再到右边登录：同一个人只有一个会话，左边会被顶下线。',
      '打开网页，点“用手机登录”，再到任意一台手机的“我的”里扫一扫。',
      '再试试断网、数据库故障，或把时间拨快 30 天，看看谁还在登录。',
    ],
    en: [
      'Sign in on the left, then on the right: the left phone is signed out, and told why.',
      'Open the web page, sign in on it by phone, and scan its code on Me of either phone.',
      'Then cut the network or the database, or move the clock 30 days ahead.',
    ],
  },
  people: PEOPLE,
  providers: PROVIDERS,
  hasWebPage: true,
  storage: 'phone:',
  records: [sessionRecords, signInRequestRecords, identityRecords, signInRecords],
  refusalCode(result) {
    const { ok, code } = fieldsOrNone(result);
    return ok === false ? stringOrEmpty(code) : undefined;
  },
};
