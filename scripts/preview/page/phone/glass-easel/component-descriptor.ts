/**
 * What WXS sees of a component or an element: `ownerInstance`, `event.instance`.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/view/interactive-animation.html
 */
import {
  Component,
  triggerEvent,
  type Element as WxElement,
  type StyleSegmentIndex,
} from 'glass-easel';
import { dashed } from '../../../bundle/dashed';
import { hasElement } from './backend';
import { describe, nodesIn, RECT } from './selector-query';

/** MAIN, and TEMP_EXTRA, which is above all else. */
// oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- the enum is only in the types
const [OF_TEMPLATE, OVER_TEMPLATE] = [0 as StyleSegmentIndex, 3 as StyleSegmentIndex];

/** Runs code of the mini program, and tells where it was if it throws. */
export type RunCode = <T>(where: string, code: () => T) => T | undefined;

const descriptors = new WeakMap<WxElement, ComponentDescriptor>();

/** The same one each time: it holds what WXS keeps. */
export function descriptorOf(node: WxElement, run: RunCode): ComponentDescriptor {
  const known = descriptors.get(node);
  if (known !== undefined) return known;
  const made = new ComponentDescriptor(node, run);
  descriptors.set(node, made);
  return made;
}

export class ComponentDescriptor {
  readonly #state = {};

  readonly #node: WxElement;

  readonly #run: RunCode;

  constructor(node: WxElement, run: RunCode) {
    this.#node = node;
    this.#run = run;
  }

  selectComponent(selector: string): ComponentDescriptor | null {
    return this.selectAllComponents(selector)[0] ?? null;
  }

  selectAllComponents(selector: string): ComponentDescriptor[] {
    if (!Component.isComponent(this.#node)) return [];
    return nodesIn(this.#node, selector).map((node) => descriptorOf(node, this.#run));
  }

  /** @param style CSS, or its properties by name, `fontSize` or `font-size` */
  setStyle(style: string | Readonly<Record<string, unknown>>): this {
    const css =
      typeof style === 'string'
        ? style
        : Object.entries(style)
            .map(([name, value]) => `${dashed(name)}:${String(value)}`)
            .join(';');
    this.#node.setNodeStyle(css, OVER_TEMPLATE);
    return this;
  }

  addClass(name: string): this {
    this.#node.toggleNodeClass(name, true, OVER_TEMPLATE);
    return this;
  }

  removeClass(name: string): this {
    for (const said of [OF_TEMPLATE, OVER_TEMPLATE]) this.#node.toggleNodeClass(name, false, said);
    return this;
  }

  hasClass(name: string): boolean {
    const { classList } = this.#node;
    return (
      classList !== null && (classList.contains(name) || classList.contains(name, OVER_TEMPLATE))
    );
  }

  getDataset(): object {
    return this.#node.dataset;
  }

  getState(): object {
    return this.#state;
  }

  /** Runs after what called it, as in WeChat, where the two are in different threads. */
  callMethod(name: string, detail?: unknown): void {
    const node = this.#node;
    if (!Component.isComponent(node)) return;
    queueMicrotask(() => {
      this.#run(`${name} of ${node.is}`, () => {
        const method = Component.getMethod(node, name);
        if (method === undefined) throw new Error(`there is no method ${name}`);
        return Reflect.apply(method, node.getMethodCaller(), [detail]) as unknown;
      });
    });
  }

  triggerEvent(name: string, detail?: unknown, options?: object): void {
    triggerEvent(this.#node, name, detail, options);
  }

  getBoundingClientRect(): object | null {
    if (!hasElement(this.#node)) return null;
    const { left, top, right, bottom, width, height } = describe(this.#node, RECT);
    return { left, top, right, bottom, width, height };
  }

  /** @param names such as `['font-size', 'width']` */
  getComputedStyle(names: readonly string[]): object {
    if (!hasElement(this.#node)) return {};
    return describe(this.#node, { computedStyle: names });
  }

  requestAnimationFrame(then: () => void): number {
    return requestAnimationFrame(() => this.#run('WXS', then));
  }

  setTimeout(then: () => void, ms?: number): number {
    return window.setTimeout(() => this.#run('WXS', then), ms);
  }

  clearTimeout(timer: number): void {
    window.clearTimeout(timer);
  }
}
