import { ownAccount } from '#functions/testing';

/** Who calls in tests, and from what. */
export interface Person {
  openid: string;
  appid: string;
}

export const LIN: Person = { openid: 'openid-of-lin', appid: 'wx-app' };
export const ZHOU: Person = { openid: 'openid-of-zhou', appid: 'wx-app' };
/** The accounts that are their own. */
export const LIN_ACCOUNT = ownAccount(LIN);
export const ZHOU_ACCOUNT = ownAccount(ZHOU);
export const PHONE = { name: 'iPhone 15', platform: 'ios' };

/** What `cloud.getWXContext()` returns in a call by this person. */
export const wxContextOf = ({ openid, appid }: Person, source = 'wx_client') => ({
  OPENID: openid,
  APPID: appid,
  SOURCE: source,
});
