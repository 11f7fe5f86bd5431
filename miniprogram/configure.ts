/** Tells the session what config.ts says. App.ts loads it first: pages read it when they load. */
import { gateway, legalPage, signInMethods, transport } from './config';
import { en, zhCN, type Copy } from './i18n/copy';
import { configure, type OwnTexts } from './settings/index';

function textsOf({ sheet, privacy, severalWays }: Copy): OwnTexts {
  const { purpose } = sheet;
  const before = signInMethods.length > 1 ? severalWays.privacyBefore : privacy.before;
  return { sheet: { purpose }, privacy: { before } };
}

configure({
  legalPage,
  signInMethods,
  transport,
  gateway,
  texts: { 'zh-CN': textsOf(zhCN), en: textsOf(en) },
});
