import type { Person } from '../app/preview-app';
import type { ProviderId } from './providers';

type PersonHere = Person & { openids: Record<ProviderId, string> };

/** Both can choose it: a number that is linked to an account already. */
const SHARED_NUMBER = '13800138000';

/** The first number of each is the one that the local cloud makes up for the OPENID. */
export const PEOPLE = {
  lin: {
    name: { zh: '小林', en: 'Lin' },
    openids: {
      wechat: 'oPreview_Lin_000000000000001',
      qq: '0000000000000000000000PREVIEWLIN',
    },
    phoneNumbers: ['19978010030', SHARED_NUMBER],
  },
  zhou: {
    name: { zh: '小周', en: 'Zhou' },
    openids: {
      wechat: 'oPreview_Zhou_00000000000002',
      qq: '000000000000000000000PREVIEWZHOU',
    },
    phoneNumbers: ['19910677221', SHARED_NUMBER],
  },
} satisfies Record<string, PersonHere>;
