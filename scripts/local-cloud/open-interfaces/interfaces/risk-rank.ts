/** `riskControl.getUserRiskRank`: nobody is a risk, unless an answer is set. */
import { randomInt } from 'node:crypto';
import { requiredOpenId, type OpenInterface } from '../open-interface';

export const getUserRiskRank: OpenInterface = {
  answer(call) {
    requiredOpenId(call, 'openid');
    // Spelt as WeChat does.
    return { risk_rank: 0, unoin_id: randomInt(2 ** 47) };
  },
};
