import type { Person } from '../app/preview-app';
import type { ProviderId } from './providers';

type PersonHere = Person & { openids: Record<ProviderId, string> };

export const PEOPLE = {
  lin: {
    name: { zh: '小林', en: 'Lin' },
    openids: {
      wechat: 'oPreview_Lin_000000000000001',
      qq: '0000000000000000000000PREVIEWLIN',
    },
  },
  zhou: {
    name: { zh: '小周', en: 'Zhou' },
    openids: {
      wechat: 'oPreview_Zhou_00000000000002',
      qq: '000000000000000000000PREVIEWZHOU',
    },
  },
} satisfies Record<string, PersonHere>;
