import { MADE_UP_PEOPLE } from '../app/made-up-people';
import type { Person } from '../app/preview-app';
import type { ProviderId } from './providers';

type PersonHere = Person & { openids: Record<ProviderId, string> };

const { lin, zhou } = MADE_UP_PEOPLE;

export const PEOPLE = {
  lin: { ...lin, openids: { wechat: lin.openid, qq: '0000000000000000000000PREVIEWLIN' } },
  zhou: { ...zhou, openids: { wechat: zhou.openid, qq: '000000000000000000000PREVIEWZHOU' } },
} satisfies Record<string, PersonHere>;
