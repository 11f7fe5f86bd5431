/** The people of the preview, as WeChat knows them. */
import type { Localized } from './preview-app';

interface MadeUpPerson {
  name: Localized;
  openid: string;
  phoneNumbers: readonly string[];
}

/** Both can choose it: a number that is linked to an account already. */
const SHARED_NUMBER = '13800138000';

/** The first number of each is the one that the local cloud makes up for the OPENID. */
export const MADE_UP_PEOPLE = {
  lin: {
    name: { zh: '小林', en: 'Lin' },
    openid: 'oPreview_Lin_000000000000001',
    phoneNumbers: ['19978010030', SHARED_NUMBER],
  },
  zhou: {
    name: { zh: '小周', en: 'Zhou' },
    openid: 'oPreview_Zhou_00000000000002',
    phoneNumbers: ['19910677221', SHARED_NUMBER],
  },
} satisfies Record<string, MadeUpPerson>;
