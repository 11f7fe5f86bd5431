/** The open interfaces that have an answer of their own, by the name that functions use. */
import type { OpenInterface } from '../open-interface';
import { closeOrder, queryOrder, refund, unifiedOrder } from './cloud-pay';
import { imgSecCheck, mediaCheckAsync, msgSecCheck } from './content-checks';
import { send as sendToCustomer, setTyping, uploadTempMedia } from './customer-service-message';
import { getOpenData } from './get-open-data';
import { generateLink, generateScheme } from './links';
import { createQrCode, get, getUnlimited } from './mini-code';
import { getPhoneNumber } from './phone-number';
import { getUserRiskRank } from './risk-rank';
import { send } from './subscribe-message';
import { templateMessage, uniformMessage } from './template-messages';
import { createActivityId, setUpdatableMsg } from './updatable-message';

export const openInterfaces: ReadonlyMap<string, OpenInterface> = new Map([
  ['cloudPay.closeOrder', closeOrder],
  ['cloudPay.queryOrder', queryOrder],
  ['cloudPay.refund', refund],
  ['cloudPay.unifiedOrder', unifiedOrder],
  ['cloudbase.getOpenData', getOpenData],
  ['customerServiceMessage.send', sendToCustomer],
  ['customerServiceMessage.setTyping', setTyping],
  ['customerServiceMessage.uploadTempMedia', uploadTempMedia],
  ['getOpenData', getOpenData],
  ['phonenumber.getPhoneNumber', getPhoneNumber],
  ['riskControl.getUserRiskRank', getUserRiskRank],
  ['security.imgSecCheck', imgSecCheck],
  ['security.mediaCheckAsync', mediaCheckAsync],
  ['security.msgSecCheck', msgSecCheck],
  ['subscribeMessage.send', send],
  ['templateMessage.send', templateMessage],
  ['uniformMessage.send', uniformMessage],
  ['updatableMessage.createActivityId', createActivityId],
  ['updatableMessage.setUpdatableMsg', setUpdatableMsg],
  ['urllink.generate', generateLink],
  ['urlscheme.generate', generateScheme],
  ['wxacode.createQRCode', createQrCode],
  ['wxacode.get', get],
  ['wxacode.getUnlimited', getUnlimited],
]);
