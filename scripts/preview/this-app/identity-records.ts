/** The collections `identities` and `sign_ins` in the panel. */
import { timeField, type RecordCard, type Records } from '../app/preview-app';
import { accountField, founderOf } from './account';
import { nameOfKind, readIdentityDocument, readSignIns } from './identity-document';

export const identityRecords: Records = {
  collection: 'identities',
  heading: { zh: '登录方式', en: 'Ways in' },
  note: {
    zh: '手机号只存 HMAC 和打码后的号码；同一个手机号、同一个账号名只能属于一个账号。',
    en: 'Of a phone number only an HMAC and a masked label are stored. A number or a name leads into one account.',
  },
  none: undefined,
  read(text): RecordCard {
    const { id, kind, account, label, createdAt } = readIdentityDocument(text);
    const linked = timeField({ zh: '绑定', en: 'Linked' }, createdAt);
    return {
      id,
      openid: founderOf(account) || account,
      label,
      state: account,
      pill: { text: nameOfKind(kind), tone: 'neutral' },
      // Who founded it is named above.
      fields: founderOf(account) === '' ? [...linked, accountField(account)] : linked,
    };
  },
};

export const signInRecords: Records = {
  collection: 'sign_ins',
  heading: { zh: '登录记录', en: 'Sign-ins' },
  note: {
    zh: '每个账号最近几次登录，被拒绝的也在其中。',
    en: 'The latest of each account, refused ones too.',
  },
  none: undefined,
  read(text): RecordCard {
    const { id, signIns } = readSignIns(text);
    return {
      id,
      openid: id,
      label: '',
      state: String(signIns.length),
      pill: { text: { zh: `${signIns.length} 次`, en: String(signIns.length) }, tone: 'neutral' },
      fields: signIns.reverse().flatMap(({ at, kind, refused }) => {
        const { zh, en } = nameOfKind(kind);
        const code = refused === '' ? '' : ` · ${refused}`;
        return timeField({ zh: `${zh}${code}`, en: `${en}${code}` }, at);
      }),
    };
  },
};
