import type { MiniprogramConfig } from '../../../bundle/bundle';
import type { EventChannel } from './event-channel';
import type { PageStack } from './page-stack';
import { parsePageUrl, type PageUrl } from './page-url';

const MAX_PAGES = 10;

/** How a page is opened, as `<navigator open-type>` has it. */
export type OpenType = 'navigate' | 'redirect' | 'switchTab' | 'reLaunch' | 'navigateBack';

/** WeChat's rules for opening pages. Errors carry its wording. */
export class Router {
  constructor(
    private readonly config: MiniprogramConfig,
    private readonly stack: PageStack,
    private readonly tabPaths: readonly string[],
  ) {}

  /** @param channel to the page that navigates; other pages are opened without */
  open(openType: OpenType, url: string, channel?: EventChannel): void {
    if (openType === 'navigateBack') {
      this.back(1);
      return;
    }
    const target = parsePageUrl(url, this.stack.pages.at(-1)?.path ?? '');
    if (!this.config.pages.includes(target.path))
      throw new Error(`page "${target.path}" is not found`);
    if (openType === 'navigate') this.navigate(target, channel);
    else this[openType](target);
  }

  /**
   * What can be opened again of pages that another build had open: those below the first that is
   * gone, and none below a tab. The entry page where that leaves nothing.
   */
  reachable(urls: readonly PageUrl[]): PageUrl[] {
    const { pages } = this.config;
    const gone = urls.findIndex(({ path }) => !pages.includes(path));
    const left = gone < 0 ? urls : urls.slice(0, gone);
    const tab = left.findLastIndex(({ path }) => this.tabPaths.includes(path));
    const found = left.slice(Math.max(tab, 0));
    return found.length > 0 ? found : [{ path: pages[0] ?? '', query: {} }];
  }

  back(delta: number): void {
    const count = Math.min(Math.max(delta, 1), this.stack.pages.length - 1);
    if (count < 1) throw new Error('cannot navigate back at first page.');
    this.stack.pop(count);
  }

  private navigate(target: PageUrl, channel: EventChannel | undefined): void {
    if (this.tabPaths.includes(target.path)) throw new Error('can not navigateTo a tabbar page');
    if (this.stack.pages.length >= MAX_PAGES) throw new Error('webview count limit exceed');
    this.stack.push(target, channel);
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
