import type { ErrorLog } from '../state/error-log';
import type { TabBarState } from '../state/tab-bar-state';
import { asyncApi, numberOption, textOption, type Api, type Options } from './async-api';

const MAX_BADGE_LENGTH = 4;

/** Text, badge and whether it is there can be changed here, not the icons. */
export function tabBarApis(
  tabBarState: TabBarState,
  tabCount: number,
  errors: ErrorLog,
): Record<string, Api> {
  const tabOf = (options: Options): number => {
    const index = numberOption(options, 'index', -1);
    if (index < 0 || index >= tabCount) throw new Error('tabbar item not found');
    return index;
  };
  const badge = (name: string, textOf: (options: Options) => string | undefined): Api =>
    asyncApi(name, errors, (options) => {
      tabBarState.setBadge(tabOf(options), textOf(options));
    });
  const visibility = (name: string, hidden: boolean): Api =>
    asyncApi(name, errors, () => {
      tabBarState.setHidden(hidden);
    });
  return {
    setTabBarItem: asyncApi('setTabBarItem', errors, (options) => {
      const index = tabOf(options);
      const text = textOption(options, 'text');
      if (text !== '') tabBarState.setText(index, text);
    }),
    setTabBarBadge: badge('setTabBarBadge', (options) => shortened(textOption(options, 'text'))),
    removeTabBarBadge: badge('removeTabBarBadge', () => undefined),
    showTabBarRedDot: badge('showTabBarRedDot', () => ''),
    hideTabBarRedDot: badge('hideTabBarRedDot', () => undefined),
    hideTabBar: visibility('hideTabBar', true),
    showTabBar: visibility('showTabBar', false),
  };
}

/** https://developers.weixin.qq.com/miniprogram/dev/api/ui/tab-bar/wx.setTabBarBadge.html */
function shortened(text: string): string {
  return Array.from(text).length > MAX_BADGE_LENGTH ? '...' : text;
}
