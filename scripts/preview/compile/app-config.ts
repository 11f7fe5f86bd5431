import type {
  MiniprogramConfig,
  TabBarConfig,
  TabBarItem,
  Theme,
  WindowConfig,
} from '../bundle/bundle';
import { MiniprogramCompileError } from '../../miniprogram-files/compile-error';
import {
  packageRoots,
  pagePaths,
  type ComponentSource,
} from '../../miniprogram-files/component-graph';
import { isRecord } from '../../lib/is-record';
import { stringMapOf, stringOr, type Json } from '../../miniprogram-files/json';
import { lineOfName } from '../../miniprogram-files/line-of-name';
import type { Folder } from '../../miniprogram-files/read-file';
import { readTheme, type ThemeFiller } from './theme';

/**
 * Defaults of
 * https://developers.weixin.qq.com/miniprogram/dev/reference/configuration/app.html#window
 */
const WINDOW_DEFAULTS = {
  navigationBarTitleText: '',
  navigationBarBackgroundColor: '#000000',
  navigationBarTextStyle: 'white',
  navigationStyle: 'default',
  backgroundColor: '#ffffff',
  backgroundTextStyle: 'dark',
};
const REACH_BOTTOM_PX = 50;

export async function readAppConfig(
  folder: Folder,
  app: Json,
  components: readonly ComponentSource[],
): Promise<MiniprogramConfig> {
  const pages = pagePaths(app);
  if (pages.length === 0) {
    const file = 'app.json';
    const place = (await lineOfName(folder, file, 'pages')) ?? { line: 1 };
    throw new MiniprogramCompileError([{ file, ...place, message: 'lists no pages' }]);
  }
  const fill = await readTheme(folder, app);
  const appWindow = isRecord(app['window']) ? app['window'] : {};
  const tabBar = app['tabBar'];
  return {
    pages,
    darkmode: app['darkmode'] === true,
    styleV2: app['style'] === 'v2',
    privacyCheck: app['__usePrivacyCheck__'] === true,
    windows: Object.fromEntries(
      components
        .filter(({ entry }) => entry.isPage)
        .map(({ path, json }) => [
          path,
          inBothThemes((theme) => windowOf({ ...appWindow, ...json }, theme, fill)),
        ]),
    ),
    ...(isRecord(tabBar) ? { tabBar: inBothThemes((theme) => tabBarOf(tabBar, theme, fill)) } : {}),
    components: Object.fromEntries(components.map(({ path, entry }) => [path, entry])),
    packages: packageRoots(app),
    lazyCode: app['lazyCodeLoading'] === 'requiredComponents',
    aliases: stringMapOf(app['resolveAlias']),
  };
}

function inBothThemes<T>(make: (theme: Theme) => T): Record<Theme, T> {
  return { light: make('light'), dark: make('dark') };
}

function windowOf(json: Json, theme: Theme, fill: ThemeFiller): WindowConfig {
  const value = (name: keyof typeof WINDOW_DEFAULTS): string =>
    stringOr(fill(json[name], theme), WINDOW_DEFAULTS[name]);
  const distance = json['onReachBottomDistance'];
  return {
    title: value('navigationBarTitleText'),
    barColor: value('navigationBarBackgroundColor'),
    barText: value('navigationBarTextStyle') === 'black' ? 'black' : 'white',
    customBar: value('navigationStyle') === 'custom',
    backgroundColor: value('backgroundColor'),
    pullDownRefresh: json['enablePullDownRefresh'] === true,
    refreshDots: value('backgroundTextStyle') === 'light' ? 'light' : 'dark',
    reachBottomPx: typeof distance === 'number' ? distance : REACH_BOTTOM_PX,
  };
}

function tabBarOf(json: Json, theme: Theme, fill: ThemeFiller): TabBarConfig {
  const value = (name: string, fallback: string): string =>
    stringOr(fill(json[name], theme), fallback);
  const list = Array.isArray(json['list']) ? json['list'].filter(isRecord) : [];
  return {
    color: value('color', '#7f7f7f'),
    selectedColor: value('selectedColor', '#07c160'),
    backgroundColor: value('backgroundColor', '#ffffff'),
    borderStyle: value('borderStyle', 'black') === 'white' ? 'white' : 'black',
    custom: json['custom'] === true,
    list: list.map((item) => tabOf(item, theme, fill)),
  };
}

function tabOf(item: Json, theme: Theme, fill: ThemeFiller): TabBarItem {
  const icon = (name: 'iconPath' | 'selectedIconPath'): Partial<TabBarItem> => {
    const path = stringOr(fill(item[name], theme), '');
    return path === '' ? {} : { [name]: path };
  };
  return {
    pagePath: stringOr(item['pagePath'], ''),
    text: stringOr(item['text'], ''),
    ...icon('iconPath'),
    ...icon('selectedIconPath'),
  };
}
