/**
 * The tab bar that a mini program draws itself, one for each page of a tab.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/ability/custom-tabbar.html
 */
import type { Root } from 'glass-easel-miniprogram-adapter';
import { CUSTOM_TAB_BAR } from '../../../../miniprogram-files/component-entry';
import { h } from '../../shared/dom';
import { backendElement } from '../glass-easel/backend';
import { giveComponents, glassComponentOf, ownerOf } from '../glass-easel/component-of';
import type { PageRuntime } from './page';

/** By the page's component. */
const bars = new WeakMap<object, object>();

export class CustomTabBar {
  readonly #root: Root;

  /** @param page the instance that scripts know */
  constructor(runtime: PageRuntime, page: object) {
    runtime.prepare(CUSTOM_TAB_BAR);
    this.#root = runtime.backend.createRoot('wx-page', runtime.codeSpace, CUSTOM_TAB_BAR);
    bars.set(glassComponentOf(page), this.#root.get());
  }

  attach(frame: HTMLElement): void {
    const layer = h('div', { class: 'page-frame__tab-bar' });
    const placeholder = h('div');
    layer.append(placeholder);
    frame.append(layer);
    this.#root.attach(backendElement(layer), backendElement(placeholder));
  }

  release(): void {
    this.#root.release();
  }
}

/** Gives every page and component `getTabBar`. */
export function installTabBars(): void {
  giveComponents({
    getTabBar(callback?: unknown) {
      const bar = tabBarAround(this);
      // With Skyline, the bar is handed over.
      if (typeof callback === 'function') Reflect.apply(callback, this, [bar]);
      return bar;
    },
  });
}

function tabBarAround(self: object): object | undefined {
  const of = glassComponentOf(self);
  for (let at: typeof of | undefined = of; at !== undefined; at = ownerOf(at)) {
    const bar = bars.get(at);
    if (bar !== undefined) return bar;
  }
  return undefined;
}
