import type { EventChannel } from './event-channel';
import { Page, type PageRuntime } from './page';
import type { PageUrl } from './page-url';
import { Signal } from '../state/signal';

/** The open pages, the last one on the screen. A tab's page stays while another tab is shown. */
export class PageStack {
  /** The page on the screen changed, or its title did. */
  readonly changed = new Signal<Page>();
  #pages: Page[] = [];
  readonly #tabs = new Map<string, Page>();

  constructor(
    private readonly runtime: PageRuntime,
    private readonly container: HTMLElement,
    private readonly tabPaths: readonly string[],
  ) {}

  get pages(): readonly Page[] {
    return this.#pages;
  }

  get current(): Page {
    const page = this.#pages.at(-1);
    if (page === undefined) throw new Error('no page is open');
    return page;
  }

  push(url: PageUrl, channel?: EventChannel): void {
    this.#pages.at(-1)?.hide({ covered: true });
    this.#open(url, channel);
  }

  /** Opens pages that were open before the mini program was started again, without a movement. */
  reopen(urls: readonly PageUrl[]): void {
    for (const url of urls) {
      this.push(url);
      this.current.settle();
    }
  }

  /** Closes the last `count` pages. */
  pop(count: number): void {
    for (const page of this.#pages.splice(this.#pages.length - count).reverse()) this.#close(page);
    this.#showCurrent();
  }

  replace(url: PageUrl): void {
    const closing = this.#pages.pop();
    if (closing) this.#close(closing);
    this.#open(url);
  }

  /** Closes every page, tabs too. */
  restart(url: PageUrl): void {
    const closing = new Set([...this.#pages.reverse(), ...this.#tabs.values()]);
    this.#pages = [];
    this.#tabs.clear();
    for (const page of closing) page.unload();
    this.#open(url);
  }

  /** Closes what is above the tabs and shows the tab. */
  switchTo(url: PageUrl): void {
    for (const page of this.#pages.splice(0).reverse()) {
      if (this.tabPaths.includes(page.path)) page.hide({ covered: true });
      else this.#close(page);
    }
    const open = this.#tabs.get(url.path);
    if (open === undefined) {
      this.#open(url);
      return;
    }
    this.#pages = [open];
    this.#showCurrent();
  }

  retitle(title: string): void {
    this.current.title = title;
    this.redraw();
  }

  /** Something around the page on the screen changed. */
  redraw(): void {
    this.changed.emit(this.current);
  }

  #open(url: PageUrl, channel?: EventChannel): void {
    const page = new Page(this.runtime, url, channel);
    this.#pages.push(page);
    if (this.tabPaths.includes(url.path)) this.#tabs.set(url.path, page);
    page.load(this.container);
    // onLoad may have gone elsewhere.
    if (this.#pages.at(-1) === page) this.#showCurrent();
  }

  #showCurrent(): void {
    this.current.show();
    this.changed.emit(this.current);
  }

  #close(page: Page): void {
    this.#tabs.delete(page.path);
    page.unload();
  }
}
