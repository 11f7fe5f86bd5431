/**
 * `createSelectorQuery`, of `wx` and of a component:
 * https://developers.weixin.qq.com/miniprogram/dev/api/wxml/wx.createSelectorQuery.html. Places are
 * those on the page, below the bars, as a page of WeChat's has them.
 */
import { Component, type Element as WxElement } from 'glass-easel';
import { dashed } from '../../../bundle/dashed';
import { giveComponents, glassComponentOf, ownerOf } from './component-of';
import { hasElement, hostElementOf } from './backend';

type Callback = (result: unknown) => void;
type Fields = Record<string, unknown>;

interface Request {
  /** `undefined`: the page itself. */
  selector: string | undefined;
  all: boolean;
  from: () => object;
  fields: Fields;
  callback: Callback | undefined;
}

export const RECT: Fields = { id: true, dataset: true, rect: true, size: true };
const SCROLL: Fields = { id: true, dataset: true, scrollOffset: true };

class NodesRef {
  constructor(
    private readonly query: SelectorQuery,
    private readonly what: Pick<Request, 'selector' | 'all' | 'from'>,
  ) {}

  fields(fields: Fields, callback?: Callback): SelectorQuery {
    return this.query.ask({ ...this.what, fields, callback });
  }

  boundingClientRect(callback?: Callback): SelectorQuery {
    return this.fields(RECT, callback);
  }

  scrollOffset(callback?: Callback): SelectorQuery {
    return this.fields(SCROLL, callback);
  }

  context(callback?: Callback): SelectorQuery {
    return this.fields({ context: true }, callback);
  }

  node(callback?: Callback): SelectorQuery {
    return this.fields({ node: true }, callback);
  }
}

export class SelectorQuery {
  readonly #requests: Request[] = [];

  /** @param from asked when it is needed: there may be no page yet */
  constructor(private from: () => object) {}

  in(from: object): this {
    this.from = () => from;
    return this;
  }

  select(selector: string): NodesRef {
    return new NodesRef(this, { selector, all: false, from: this.from });
  }

  selectAll(selector: string): NodesRef {
    return new NodesRef(this, { selector, all: true, from: this.from });
  }

  selectViewport(): NodesRef {
    return new NodesRef(this, { selector: undefined, all: false, from: this.from });
  }

  exec(callback?: (results: unknown[]) => void): this {
    const requests = this.#requests.splice(0);
    // Later, as in WeChat: what was just set is on the page by then.
    setTimeout(() => {
      const results = requests.map((request) => {
        const result = answer(request);
        request.callback?.(result);
        return result;
      });
      callback?.(results);
    }, 0);
    return this;
  }

  /** Adds a request; for the parts of this file. */
  ask(request: Request): this {
    this.#requests.push(request);
    return this;
  }
}

/** Gives every page and component `createSelectorQuery` as it is here. */
export function installSelectorQueries(): void {
  giveComponents({
    createSelectorQuery() {
      return new SelectorQuery(() => this);
    },
  });
}

/** The first such element of a page's template. */
export function findInPage(page: object, selector: string): HTMLElement | undefined {
  const [node] = nodesIn(page, selector);
  return node === undefined ? undefined : hostElementOf(node);
}

function answer({ selector, all, from, fields }: Request): unknown {
  if (selector === undefined)
    return viewport(frameAround(shownElementAround(from())) ?? null, fields);
  const found = nodesIn(from(), selector).map((node) => describe(node, fields));
  return all ? found : (found[0] ?? null);
}

function frameAround(element: HTMLElement | undefined): Element | null | undefined {
  return element?.closest('.page-frame__scroller');
}

/** A component of `virtualHost` has no element: what it stands in has one. */
function shownElementAround(from: object): HTMLElement | undefined {
  const of = glassComponentOf(from);
  for (let at: typeof of | undefined = of; at !== undefined; at = ownerOf(at)) {
    if (hasElement(at)) return hostElementOf(at);
  }
  return undefined;
}

/** Without those that have no element, and so no place: they can't be selected. */
export function nodesIn(from: object, selectors: string): WxElement[] {
  const root = glassComponentOf(from).getShadowRoot();
  if (root === null) return [];
  return selectors
    .split(',')
    .flatMap((selector) => root.querySelectorAll(selector.trim()))
    .filter(hasElement);
}

function viewport(frame: Element | null, fields: Fields): Fields {
  const { clientWidth: width = 0, clientHeight: height = 0 } = frame ?? {};
  return {
    ...(fields['id'] === true && { id: '' }),
    ...(fields['dataset'] === true && { dataset: {} }),
    ...(fields['rect'] === true && { left: 0, top: 0, right: width, bottom: height }),
    ...(fields['size'] === true && { width, height }),
    ...(fields['scrollOffset'] === true && frame !== null && offsetOf(frame)),
  };
}

/** @param node that has an element */
export function describe(node: WxElement, fields: Fields): Fields {
  const host = hostElementOf(node);
  const page = frameAround(host)?.parentElement;
  const origin = page?.getBoundingClientRect() ?? { left: 0, top: 0 };
  const { left, top, width, height } = host.getBoundingClientRect();
  const x = left - origin.left;
  const y = top - origin.top;
  return {
    ...(fields['id'] === true && { id: node.id }),
    ...(fields['dataset'] === true && { dataset: node.dataset }),
    ...(fields['mark'] === true && { mark: node.collectMarks() }),
    ...(fields['rect'] === true && { left: x, top: y, right: x + width, bottom: y + height }),
    ...(fields['size'] === true && { width, height }),
    ...(fields['scrollOffset'] === true && offsetOf(host)),
    ...propertiesOf(node, fields['properties']),
    ...stylesOf(host, fields['computedStyle']),
    // The preview has no canvas and nothing else that gives one.
    ...(fields['node'] === true && { node: null }),
    ...(fields['context'] === true && { context: null }),
  };
}

function offsetOf({ scrollLeft, scrollTop, scrollWidth, scrollHeight }: Element): Fields {
  return { scrollLeft, scrollTop, scrollWidth, scrollHeight };
}

function propertiesOf(node: WxElement, names: unknown): Fields {
  if (!Array.isArray(names) || !Component.isComponent(node)) return {};
  const data: Record<string, unknown> = node.data;
  return Object.fromEntries(
    names.map((name) => {
      const key = String(name).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
      return [String(name), data[key]];
    }),
  );
}

function stylesOf(host: HTMLElement, names: unknown): Fields {
  if (!Array.isArray(names)) return {};
  const style = getComputedStyle(host);
  return Object.fromEntries(
    names.map((name) => [String(name), style.getPropertyValue(dashed(String(name)))]),
  );
}
