import type { AssociatedBackend, CodeSpace, Root } from 'glass-easel-miniprogram-adapter';
import { h } from '../../shared/dom';
import type { MiniprogramConfig, Theme, WindowConfig } from '../../../bundle/bundle';
import { backendElement, hostElementOf } from '../glass-easel/backend';
import type { ErrorLog } from '../state/error-log';
import { CustomTabBar } from './custom-tab-bar';
import type { EventChannel } from './event-channel';
import { followScrolling } from './page-scroll';
import type { PageUrl } from './page-url';
import { PullDown } from './pull-down';

export interface PageRuntime {
  codeSpace: CodeSpace;
  backend: AssociatedBackend;
  config: MiniprogramConfig;
  errors: ErrorLog;
  /** Runs the scripts that a page or component needs, if they have not run. */
  prepare: (path: string) => void;
}

/** One page of the stack: its component, its frame on the screen, and its lifetimes. */
export class Page {
  readonly frame = h('div', { class: 'page-frame' });
  /** Set by wx.setNavigationBarTitle; the page's JSON has the first one. */
  title: string | undefined;
  /** Set by wx.setNavigationBarColor. */
  barColors: Partial<Pick<WindowConfig, 'barColor' | 'barText'>> = {};
  barLoading = false;
  /** Whether the menu offers to forward the page; wx.hideShareMenu says no. */
  canBeShared = true;
  /** What scrolls. */
  readonly scroller = h('div', { class: 'page-frame__scroller' });
  readonly pullDown = new PullDown(this.scroller, () => {
    this.call('onPullDownRefresh');
  });
  readonly #root: Root;
  readonly #instance: object;
  readonly #tabBar: CustomTabBar | undefined;
  #ready = false;
  #visible = false;

  constructor(
    private readonly runtime: PageRuntime,
    readonly url: PageUrl,
    channel?: EventChannel,
  ) {
    runtime.prepare(url.path);
    const query = Object.entries(url.query)
      .map((pair) => pair.join('='))
      .join('&');
    this.#root = runtime.backend.createRoot('wx-page', runtime.codeSpace, `${url.path}?${query}`);
    this.#instance = this.#root.get();
    Object.assign(this.#instance, {
      route: url.path,
      options: url.query,
      // As in WeChat, without methods where no page has opened it by wx.navigateTo.
      getOpenerEventChannel: () => channel ?? {},
    });
    hostElementOf(this.#root.getComponent()).setAttribute('is', url.path);
    const { custom, list } = runtime.config.tabBar?.light ?? { custom: false, list: [] };
    if (custom && list.some(({ pagePath }) => pagePath === url.path))
      this.#tabBar = new CustomTabBar(runtime, this.#instance);
  }

  /** What scripts find in getCurrentPages(). */
  get instance(): object {
    return this.#instance;
  }

  get path(): string {
    return this.url.path;
  }

  window(theme: Theme): WindowConfig {
    const window = this.runtime.config.windows[this.path];
    if (window === undefined) throw new Error(`${this.path} is not a page`);
    return { ...window[theme], ...this.barColors };
  }

  load(container: HTMLElement): void {
    const placeholder = h('div');
    const { scroller } = this;
    scroller.append(placeholder);
    this.frame.append(this.pullDown.dots, scroller);
    const { pullDownRefresh, refreshDots, reachBottomPx } = this.window('light');
    this.pullDown.dots.dataset['dots'] = refreshDots;
    if (pullDownRefresh) this.pullDown.allow();
    followScrolling(scroller, reachBottomPx, (name, ...args) => {
      this.call(name, ...args);
    });
    if (container.childElementCount > 0) this.#slideIn();
    container.append(this.frame);
    this.#root.attach(backendElement(scroller), backendElement(placeholder));
    this.#tabBar?.attach(this.frame);
    const missing = this.runtime.config.components[this.path]?.missing;
    if (missing !== undefined) this.runtime.errors.report(this.path, new Error(missing));
    this.call('onLoad', this.url.query);
  }

  show(): void {
    if (this.#visible) return;
    this.#visible = true;
    this.frame.hidden = false;
    this.#root.getComponent().triggerPageLifetime('show', []);
    this.call('onShow');
    if (this.#ready) return;
    this.#ready = true;
    queueMicrotask(() => {
      this.call('onReady');
    });
  }

  /**
   * @param covered by another page, which hides the frame; if not, the app goes to the background
   */
  hide({ covered }: { covered: boolean }): void {
    this.frame.hidden = covered;
    if (!this.#visible) return;
    this.#visible = false;
    this.#root.getComponent().triggerPageLifetime('hide', []);
    this.call('onHide');
  }

  /** Ends the movement in which it comes. */
  settle(): void {
    this.frame.classList.remove('page-frame--entering');
  }

  unload(): void {
    this.call('onUnload');
    this.#root.release();
    this.#tabBar?.release();
    this.frame.remove();
  }

  #slideIn(): void {
    const { classList } = this.frame;
    classList.add('page-frame--entering');
    this.frame.addEventListener('animationend', ({ target }) => {
      if (target === this.frame) classList.remove('page-frame--entering');
    });
  }

  /** Whether the page has a method of this name. */
  has(name: string): boolean {
    return typeof Reflect.get(this.#instance, name) === 'function';
  }

  /** @returns what the page's method answers; `undefined` where it has none or fails */
  call(name: string, ...args: unknown[]): unknown {
    const method: unknown = Reflect.get(this.#instance, name);
    if (typeof method !== 'function') return undefined;
    return this.runtime.errors.run(`${name} of ${this.path}`, (): unknown =>
      Reflect.apply(method, this.#instance, args),
    );
  }
}
