import { existsSync } from 'node:fs';
import type { Problem } from '../../miniprogram-files/compile-error';
import { pagePaths } from '../../miniprogram-files/component-graph';
import { isRecord } from '../../lib/is-record';
import { text } from '../../lib/language';
import { stringOr, type Json } from '../../miniprogram-files/json';
import { readJsonFile } from '../../miniprogram-files/read-file';
import { lineOfName } from '../../miniprogram-files/line-of-name';

/** What app.json names is there. */
export async function checkAppPaths(dir: string): Promise<Problem[]> {
  const app = await readJsonFile(dir, 'app.json');
  if (app === undefined)
    return [{ file: 'app.json', message: text({ zh: '不存在', en: 'is missing' }) }];
  const pages = pagePaths(app);
  const tabs = tabsOf(app);
  const missingFiles = [
    ...pages.flatMap((page) => ['.js', '.json', '.wxml'].map((suffix) => ({ name: page, suffix }))),
    ...['sitemapLocation', 'themeLocation'].map((key) => ({
      name: stringOr(app[key], ''),
      suffix: '',
    })),
    ...tabs.flatMap(({ icons }) => icons.map((name) => ({ name, suffix: '' }))),
  ].filter(({ name, suffix }) => name !== '' && !existsSync(`${dir}/${name}${suffix}`));
  const strangeTabs = tabs.filter(({ page }) => !pages.includes(page));
  return Promise.all([
    ...missingFiles.map(({ name, suffix }) =>
      problem(dir, name, text({ zh: `没有 ${name}${suffix}`, en: `there is no ${name}${suffix}` })),
    ),
    ...strangeTabs.map(({ page }) =>
      problem(
        dir,
        page,
        text({ zh: `tabBar 里的 ${page} 不在 pages 里`, en: `the tab ${page} is not among pages` }),
      ),
    ),
  ]);
}

function tabsOf(app: Json): { page: string; icons: string[] }[] {
  const list = isRecord(app['tabBar']) ? app['tabBar']['list'] : [];
  return (Array.isArray(list) ? list.filter(isRecord) : []).map((tab) => ({
    page: stringOr(tab['pagePath'], ''),
    icons: [stringOr(tab['iconPath'], ''), stringOr(tab['selectedIconPath'], '')],
  }));
}

async function problem(dir: string, name: string, message: string): Promise<Problem> {
  return { file: 'app.json', ...(await lineOfName(dir, 'app.json', name)), message };
}
