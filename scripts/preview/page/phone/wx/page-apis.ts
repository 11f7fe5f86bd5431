import type { Share } from '../chrome/share';
import { findInPage, SelectorQuery } from '../glass-easel/selector-query';
import type { PageStack } from '../miniprogram/page-stack';
import type { ErrorLog } from '../state/error-log';
import { asyncApi, isOptions, textOption, type Api } from './async-api';

export interface PageApisContext {
  stack: PageStack;
  errors: ErrorLog;
  share: Share;
}

/** What an API does to the page on the screen and to the bar above it. */
export function pageApis({ stack, errors, share }: PageApisContext): Record<string, Api> {
  const loading = (name: string, isShown: boolean): Record<string, Api> => ({
    [name]: asyncApi(name, errors, () => {
      stack.current.barLoading = isShown;
      stack.redraw();
    }),
  });
  const shareMenu = (name: string, canBeShared: boolean): Record<string, Api> => ({
    [name]: asyncApi(name, errors, () => {
      stack.current.canBeShared = canBeShared;
    }),
  });
  return {
    setNavigationBarTitle: asyncApi('setNavigationBarTitle', errors, (options) => {
      stack.retitle(textOption(options, 'title'));
    }),
    setNavigationBarColor: asyncApi('setNavigationBarColor', errors, (options) => {
      const front = textOption(options, 'frontColor').toLowerCase();
      const barColor = textOption(options, 'backgroundColor');
      if (front !== '#ffffff' && front !== '#000000')
        throw new Error('invalid frontColor: it should be #ffffff or #000000');
      if (!/^#[0-9a-f]{6}$/i.test(barColor)) throw new Error('invalid backgroundColor');
      stack.current.barColors = { barColor, barText: front === '#ffffff' ? 'white' : 'black' };
      stack.redraw();
    }),
    ...loading('showNavigationBarLoading', true),
    ...loading('hideNavigationBarLoading', false),
    ...shareMenu('showShareMenu', true),
    ...shareMenu('updateShareMenu', true),
    ...shareMenu('hideShareMenu', false),
    shareAppMessage: asyncApi('shareAppMessage', errors, async () => {
      if (!(await share({ from: 'menu' }))) throw new Error('cancel');
    }),
    startPullDownRefresh: asyncApi('startPullDownRefresh', errors, () => {
      stack.current.pullDown.start();
    }),
    stopPullDownRefresh: asyncApi('stopPullDownRefresh', errors, () => {
      stack.current.pullDown.stop();
    }),
    pageScrollTo: asyncApi('pageScrollTo', errors, (options) => {
      const { instance, scroller } = stack.current;
      const top = targetTop(options, scroller, instance);
      const { duration = 300 } = options;
      // A test's document knows no smooth scrolling, and a page that is in no hurry may jump.
      const smooth = typeof duration === 'number' && duration > 0 && 'scrollTo' in scroller;
      if (smooth) scroller.scrollTo({ top, behavior: 'smooth' });
      else scroller.scrollTop = top;
    }),
    createSelectorQuery: () => new SelectorQuery(() => stack.current.instance),
    createIntersectionObserver: (component: unknown, options?: unknown) =>
      queryOf(component, 'createIntersectionObserver', options),
    createMediaQueryObserver: (component?: unknown) =>
      queryOf(component ?? stack.current.instance, 'createMediaQueryObserver'),
  };
}

function targetTop(options: Record<string, unknown>, scroller: HTMLElement, page: object): number {
  const { scrollTop, selector, offsetTop = 0 } = options;
  if (typeof selector !== 'string' || selector === '') return Number(scrollTop ?? 0);
  const target = findInPage(page, selector);
  if (target === undefined) throw new Error(`can't find ${selector}`);
  const place = target.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  return scroller.scrollTop + place + Number(offsetTop);
}

/** A page or component makes it, of what is in its own template. */
function queryOf(component: unknown, method: string, ...args: unknown[]): unknown {
  const make = isOptions(component) ? component[method] : undefined;
  if (typeof make !== 'function') throw new TypeError(`${method} takes a page or a component`);
  return Reflect.apply(make, component, args);
}
