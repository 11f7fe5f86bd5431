import { languageOf, naming, sessionTexts, type SessionTexts } from '../i18n/session/index';
import { settings } from './index';

/**
 * What the session says, in the language that WeChat or QQ is set to, and naming the one it is:
 * with the app's own texts in it.
 */
export function currentTexts(): SessionTexts {
  const { texts, transport, gateway } = settings();
  const language = languageOf(wx.getAppBaseInfo().language);
  const own = texts[language] ?? {};
  const usual = sessionTexts[language];
  const told: SessionTexts = {
    ...usual,
    ...own,
    sheet: { ...usual.sheet, ...own.sheet },
    privacy: { ...usual.privacy, ...own.privacy },
    ended: { ...usual.ended, ...own.ended },
    problem: { ...usual.problem, ...own.problem },
  };
  return transport === 'http' ? naming(gateway.platform, told) : told;
}
