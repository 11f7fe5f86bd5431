/** The collection `device_grants` in the panel: web pages that ask to be signed in by a phone. */
import { fieldsOrNone, stringOrEmpty, timeOfDate } from '../app/decode';
import {
  timeField,
  type Localized,
  type RecordCard,
  type Records,
  type Tone,
} from '../app/preview-app';

const PILLS: Readonly<Record<string, { text: Localized; tone: Tone }>> = {
  pending: { text: { zh: '等待确认', en: 'Waiting' }, tone: 'neutral' },
  approved: { text: { zh: '已同意', en: 'Approved' }, tone: 'good' },
  denied: { text: { zh: '已拒绝', en: 'Denied' }, tone: 'bad' },
  redeemed: { text: { zh: '已登录', en: 'Signed in' }, tone: 'good' },
};
const EXPIRED = { text: { zh: '已过期', en: 'Expired' }, tone: 'neutral' } as const;

export const signInRequestRecords: Records = {
  collection: 'device_grants',
  heading: { zh: '网页登录请求', en: 'Web pages that ask' },
  note: {
    zh: '登录码和网页的领取码都只存哈希；五分钟内有效，只能用一次。',
    en: 'Only hashes of the codes are stored. Good for five minutes, and once.',
  },
  none: undefined,
  read(text, now): RecordCard {
    const document = fieldsOrNone(JSON.parse(text));
    const site = fieldsOrNone(document['site']);
    const state = stringOrEmpty(document['state']);
    const expiresAt = timeOfDate(document['expiresAt']);
    const isOver = state === 'pending' && expiresAt !== undefined && expiresAt <= now;
    return {
      id: stringOrEmpty(document['_id']),
      // It names nobody.
      openid: '',
      label: stringOrEmpty(site['name']),
      state,
      pill: isOver
        ? EXPIRED
        : (PILLS[state] ?? { text: { zh: state, en: state }, tone: 'neutral' }),
      fields: [
        ...timeField({ zh: '请求', en: 'Asked' }, timeOfDate(document['createdAt'])),
        ...timeField({ zh: '到期', en: 'Ends' }, expiresAt),
        {
          name: { zh: '领取码哈希', en: 'Hash of its code' },
          value: { hash: stringOrEmpty(document['secretHash']) },
        },
      ],
    };
  },
};
