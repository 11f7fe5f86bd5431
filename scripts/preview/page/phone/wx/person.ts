import { UNKNOWN_AVATAR } from '../state/unknown-person';
import type { Copy } from '../chrome/copy';
import { askToSubscribe } from '../chrome/subscribe-sheet';
import type { Environment } from '../state/environment';
import type { ErrorLog } from '../state/error-log';
import { ApiFailure } from '../state/api-failure';
import { asyncApi, type Api } from './async-api';

export interface PersonContext {
  environment: Environment;
  layer: HTMLElement;
  copy: Copy;
  errors: ErrorLog;
}

const MOST_TEMPLATES = 3;
const NO_TEMPLATES = 10001;
const TOO_MANY_TEMPLATES = 20003;

/** What WeChat tells of the person, which since 2022 is nothing, and asks them. */
export function personApis({
  environment,
  layer,
  copy,
  errors,
}: PersonContext): Record<string, Api> {
  const profile = (): object => unknownPerson(copy);
  return {
    getUserInfo: asyncApi('getUserInfo', errors, profile),
    getUserProfile: asyncApi('getUserProfile', errors, ({ desc }) => {
      if (typeof desc !== 'string' || desc === '')
        throw new Error('parameter error: parameter.desc should be String instead of Undefined;');
      return profile();
    }),
    checkSession: asyncApi('checkSession', errors, () => {
      if (!environment.online) throw new Error('the network is offline');
    }),
    requestSubscribeMessage: asyncApi('requestSubscribeMessage', errors, async ({ tmplIds }) => {
      const ids = Array.isArray(tmplIds) ? tmplIds.map(String) : [];
      const fail = (reason: string, errCode: number): ApiFailure =>
        new ApiFailure(`requestSubscribeMessage:fail ${reason}`, errCode);
      if (ids.length === 0) throw fail("TmplIds can't be empty", NO_TEMPLATES);
      if (ids.length > MOST_TEMPLATES)
        throw fail('The number of templates is beyond the limit', TOO_MANY_TEMPLATES);
      const accepted = (await askToSubscribe(layer, copy, ids)) ?? [];
      return Object.fromEntries(ids.map((id) => [id, accepted.includes(id) ? 'accept' : 'reject']));
    }),
  };
}

/**
 * What `wx.getUserProfile` answers since November 2022:
 * https://developers.weixin.qq.com/community/develop/doc/00022c683e8a80b29bed2142b56c01
 */
export function unknownPerson(copy: Pick<Copy, 'unknownPerson'>): object {
  const userInfo = {
    nickName: copy.unknownPerson,
    avatarUrl: UNKNOWN_AVATAR,
    gender: 0,
    country: '',
    province: '',
    city: '',
    language: '',
  };
  return { userInfo, rawData: JSON.stringify(userInfo), signature: '', encryptedData: '', iv: '' };
}
