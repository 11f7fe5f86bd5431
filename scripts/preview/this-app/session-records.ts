/** The collection `sessions` in the panel. */
import {
  timeField,
  type DocumentsOf,
  type Localized,
  type RecordCard,
  type RecordField,
  type Records,
  type Tone,
} from '../app/preview-app';
import { accountField } from './account';
import { nameOfKind, readIdentityDocument } from './identity-document';
import {
  readSessionDocument,
  stateAt,
  type SessionDocument,
  type SessionTimes,
} from './session-document';

const PILLS: Record<ReturnType<typeof stateAt>, { text: Localized; tone: Tone }> = {
  active: { text: { zh: '有效', en: 'Active' }, tone: 'good' },
  revoked: { text: { zh: '已撤销', en: 'Revoked' }, tone: 'bad' },
  expired: { text: { zh: '已过期', en: 'Expired' }, tone: 'neutral' },
};

/** In this order. */
const TIME_NAMES: Record<keyof SessionTimes, Localized> = {
  createdAt: { zh: '登录', en: 'Signed in' },
  renewedAt: { zh: '续期', en: 'Renewed' },
  expiresAt: { zh: '闲置到期', en: 'Idle until' },
  absoluteExpiresAt: { zh: '最晚到期', en: 'Ends by' },
  revokedAt: { zh: '撤销', en: 'Revoked' },
};

export const sessionRecords: Records = {
  collection: 'sessions',
  heading: { zh: '云端的会话', en: 'Sessions in the cloud' },
  note: {
    zh: '只存令牌的哈希，不存令牌本身：即使数据库泄露，也没有人能凭它登录。',
    en: 'Only a hash of each token is stored, never the token: nobody can sign in with a copy of this database.',
  },
  none: {
    zh: '还没有会话。在任意一台手机上登录试试。',
    en: 'No sessions yet. Sign in on either phone.',
  },
  read(text, now, documentsOf): RecordCard {
    const session = readSessionDocument(text);
    const { id, openid, device, site, state, times, tokenHash } = session;
    const timeFields = Object.entries(TIME_NAMES).flatMap(([time, name]) =>
      timeField(name, times[time as keyof SessionTimes]),
    );
    return {
      id,
      openid,
      label: site === '' ? device : `${site} · ${device}`,
      state,
      pill: PILLS[stateAt(session, now)],
      fields: [
        ...wayIn(session, documentsOf),
        ...timeFields,
        { name: { zh: '令牌哈希', en: 'Token hash' }, value: { hash: tokenHash } },
      ],
    };
  },
};

/** By which way whose account was entered, where it is not simply the WeChat that called. */
function wayIn(
  { account, signedInBy, identity }: SessionDocument,
  documentsOf: DocumentsOf,
): RecordField[] {
  const { label = '' } =
    documentsOf('identities')
      .map(readIdentityDocument)
      .find(({ id }) => id === identity) ?? {};
  const { zh, en } = nameOfKind(signedInBy);
  return [
    ...(signedInBy === ''
      ? []
      : [
          {
            name: { zh: '登录方式', en: 'Signed in by' },
            value: { text: { zh: `${zh} ${label}`.trim(), en: `${en} ${label}`.trim() } },
          },
        ]),
    ...(account === '' ? [] : [accountField(account)]),
  ];
}
