import type { ErrorLog } from '../state/error-log';
import type { TabTexts } from '../state/tab-texts';
import { asyncApi, numberOption, textOption, type Api } from './async-api';

/** Only the text can be changed here, not the icons. */
export function tabBarApis(
  tabTexts: TabTexts,
  tabCount: number,
  errors: ErrorLog,
): Record<string, Api> {
  return {
    setTabBarItem: asyncApi('setTabBarItem', errors, (options) => {
      const index = numberOption(options, 'index', -1);
      if (index < 0 || index >= tabCount) throw new Error('tabbar item not found');
      const text = textOption(options, 'text');
      if (text !== '') tabTexts.set(index, text);
    }),
  };
}
