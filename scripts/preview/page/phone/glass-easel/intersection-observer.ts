/**
 * `createIntersectionObserver`, of `wx` and of a component:
 * https://developers.weixin.qq.com/miniprogram/dev/api/wxml/IntersectionObserver.html. The browser's
 * own, with places on the page, and the first call only where WeChat makes one.
 */
import { hostElementOf } from './backend';
import { giveComponents } from './component-of';
import { nodesIn } from './selector-query';

interface Options {
  thresholds?: readonly number[];
  initialRatio?: number;
  observeAll?: boolean;
}

type Side = 'top' | 'right' | 'bottom' | 'left';
type Margins = Partial<Record<Side, number>>;
type Rect = Record<Side | 'width' | 'height', number>;

class PageIntersectionObserver {
  readonly #observers: IntersectionObserver[] = [];
  /** `undefined`: the page's visible part. */
  #relative: string | undefined;
  #margins: Margins = {};

  constructor(
    private readonly from: object,
    private readonly options: Options,
  ) {}

  relativeTo(selector: string, margins: Margins = {}): this {
    this.#relative = selector;
    this.#margins = margins;
    return this;
  }

  relativeToViewport(margins: Margins = {}): this {
    this.#relative = undefined;
    this.#margins = margins;
    return this;
  }

  observe(selector: string, tell: (result: object) => void): void {
    const { thresholds = [0], initialRatio = 0, observeAll = false } = this.options;
    const { top = 0, right = 0, bottom = 0, left = 0 } = this.#margins;
    const found = nodesIn(this.from, selector);
    for (const node of observeAll ? found : found.slice(0, 1)) {
      const host = hostElementOf(node);
      const page = host.closest('.page-frame__scroller');
      const root = this.#relative === undefined ? page : this.#relativeHost(this.#relative);
      // Relative to what is not there, nothing is seen.
      if (root === undefined) continue;
      let isFirst = true;
      const observer = new IntersectionObserver(
        ([entry]) => {
          if (entry === undefined) return;
          const { intersectionRatio: ratio } = entry;
          const isTold = !isFirst || reaches(thresholds, initialRatio, ratio);
          isFirst = false;
          if (isTold) tell({ id: node.id, dataset: node.dataset, ...inWords(entry, page) });
        },
        {
          root,
          rootMargin: [top, right, bottom, left].map((side) => `${String(side)}px`).join(' '),
          threshold: [...thresholds],
        },
      );
      this.#observers.push(observer);
      observer.observe(host);
    }
  }

  #relativeHost(selector: string): HTMLElement | undefined {
    const [node] = nodesIn(this.from, selector);
    return node === undefined ? undefined : hostElementOf(node);
  }

  disconnect(): void {
    for (const observer of this.#observers.splice(0)) observer.disconnect();
  }
}

/** Gives every page and component `createIntersectionObserver` as it is here. */
export function installIntersectionObservers(): void {
  giveComponents({
    createIntersectionObserver(options: Options = {}) {
      return new PageIntersectionObserver(this, options);
    },
  });
}

/** Whether a threshold lies between what was assumed and what is. */
function reaches(thresholds: readonly number[], assumed: number, ratio: number): boolean {
  return assumed !== ratio && thresholds.some((one) => (assumed - one) * (ratio - one) <= 0);
}

function inWords(entry: IntersectionObserverEntry, page: Element | null): object {
  const origin = page?.parentElement?.getBoundingClientRect() ?? { left: 0, top: 0 };
  const onPage = ({ top, right, bottom, left, width, height }: DOMRectReadOnly): Rect => ({
    left: left - origin.left,
    top: top - origin.top,
    right: right - origin.left,
    bottom: bottom - origin.top,
    width,
    height,
  });
  return {
    intersectionRatio: entry.intersectionRatio,
    intersectionRect: onPage(entry.intersectionRect),
    boundingClientRect: onPage(entry.boundingClientRect),
    relativeRect: onPage(entry.rootBounds ?? new DOMRectReadOnly()),
    time: Date.now(),
  };
}
