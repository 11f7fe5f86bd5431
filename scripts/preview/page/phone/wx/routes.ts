import type { MiniprogramConfig } from '../../../bundle';
import type { OpenType } from '../built-in/navigator';
import type { ErrorLog } from '../error-log';
import type { PageStack } from '../page-stack';
import { parsePageUrl, type PageUrl } from '../paths';
import { asyncApi, numberOption, textOption, type Api } from './async-api';

const MAX_PAGES = 10;

/** WeChat's rules of which page may be opened how; failures carry its wording. */
export class Router {
  constructor(
    private readonly config: MiniprogramConfig,
    private readonly stack: PageStack,
    private readonly tabPaths: readonly string[],
  ) {}

  open(openType: OpenType, url: string): void {
    if (openType === 'navigateBack') {
      this.back(1);
      return;
    }
    const target = parsePageUrl(url, this.stack.pages.at(-1)?.path ?? '');
    if (!this.config.pages.includes(target.path))
      throw new Error(`page "${target.path}" is not found`);
    this[openType](target);
  }

  back(delta: number): void {
    const count = Math.min(Math.max(delta, 1), this.stack.pages.length - 1);
    if (count < 1) throw new Error('cannot navigate back at first page.');
    this.stack.pop(count);
  }

  private navigate(target: PageUrl): void {
    if (this.tabPaths.includes(target.path)) throw new Error('can not navigateTo a tabbar page');
    if (this.stack.pages.length >= MAX_PAGES) throw new Error('webview count limit exceed');
    this.stack.push(target);
  }

  private redirect(target: PageUrl): void {
    if (this.tabPaths.includes(target.path)) throw new Error('can not redirectTo a tabbar page');
    this.stack.replace(target);
  }

  private switchTab(target: PageUrl): void {
    if (!this.tabPaths.includes(target.path)) throw new Error('can not switch to no-tabBar page');
    this.stack.switchTo(target);
  }

  private reLaunch(target: PageUrl): void {
    this.stack.restart(target);
  }
}

export function routeApis(router: Router, stack: PageStack, errors: ErrorLog): Record<string, Api> {
  const opening = (name: string, openType: OpenType): Api =>
    asyncApi(name, errors, (options) => {
      router.open(openType, textOption(options, 'url'));
    });
  return {
    navigateTo: opening('navigateTo', 'navigate'),
    redirectTo: opening('redirectTo', 'redirect'),
    switchTab: opening('switchTab', 'switchTab'),
    reLaunch: opening('reLaunch', 'reLaunch'),
    navigateBack: asyncApi('navigateBack', errors, (options) => {
      router.back(numberOption(options, 'delta', 1));
    }),
    setNavigationBarTitle: asyncApi('setNavigationBarTitle', errors, (options) => {
      stack.retitle(textOption(options, 'title'));
    }),
  };
}
