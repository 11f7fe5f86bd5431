/** Whose account it is. */
import type { RecordField } from '../app/preview-app';
import { PEOPLE } from './people';

/** The person whose WeChat or QQ founded the account; `''` for one with a random key. */
export function founderOf(account: string): string {
  const [, openid = ''] = account.split(':');
  return openid;
}

/** The account by who founded it, or by the ends of its key. */
export function accountField(account: string): RecordField {
  const founder = Object.values(PEOPLE).find(({ openids }) =>
    Object.values(openids).includes(founderOf(account)),
  );
  return {
    name: { zh: '账号', en: 'Account' },
    value: founder === undefined ? { hash: account } : { text: founder.name },
  };
}
