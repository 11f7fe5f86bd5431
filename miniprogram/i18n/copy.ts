/** All that this mini program says: the session's texts, and its own in their place. */
import { appEn } from './en';
import { sessionTexts } from './session/index';
import { appZhCN } from './zh-CN';

const session = sessionTexts['zh-CN'];

export const zhCN = {
  ...session,
  ...appZhCN,
  sheet: { ...session.sheet, ...appZhCN.sheet },
  privacy: { ...session.privacy, ...appZhCN.privacy },
};

export type Copy = typeof zhCN;

export const en: Copy = {
  ...sessionTexts.en,
  ...appEn,
  sheet: { ...sessionTexts.en.sheet, ...appEn.sheet },
  privacy: { ...sessionTexts.en.privacy, ...appEn.privacy },
};
