import type { BuiltIn } from './built-in';
import type { BuiltInElement } from './element';

const views = new WeakMap<Element, BuiltInElement>();
const columns = new WeakMap<Element, BuiltInElement>();
/** As WeChat draws it: 34 px, unless `indicator-style` says otherwise. */
const ITEM_PX = 34;

/** https://developers.weixin.qq.com/miniprogram/dev/component/picker-view.html */
export const pickerView: BuiltIn = {
  properties: {
    value: { type: null, value: [] },
    indicatorStyle: String,
    indicatorClass: String,
    maskStyle: String,
    maskClass: String,
    immediateChange: Boolean,
  },
  create: (element) => {
    views.set(element.host, element);
  },
  attach: place,
  update: place,
};

/** Scrolls by itself; where it stops is what is chosen. */
export const pickerViewColumn: BuiltIn = {
  create: (element) => {
    const { host } = element;
    columns.set(host, element);
    host.tabIndex = 0;
    host.addEventListener('scroll', () => {
      const view = views.get(host.closest('wx-picker-view') ?? host);
      if (view !== undefined) hear(view, host);
    });
  },
  attach: ({ host }) => {
    const view = views.get(host.closest('wx-picker-view') ?? host);
    if (view !== undefined)
      queueMicrotask(() => {
        place(view);
      });
  },
};

function columnsIn({ host }: BuiltInElement): HTMLElement[] {
  return [...host.querySelectorAll<HTMLElement>('wx-picker-view-column')].filter((column) =>
    columns.has(column),
  );
}

function itemHeight(view: BuiltInElement): number {
  return Number(/height:\s*([\d.]+)px/.exec(view.text('indicatorStyle'))?.[1] ?? ITEM_PX);
}

function place(view: BuiltInElement): void {
  const value: unknown = view.value('value');
  const height = itemHeight(view);
  view.host.style.setProperty('--item-height', `${String(height)}px`);
  columnsIn(view).forEach((column, at) => {
    const index: unknown = Array.isArray(value) ? value[at] : 0;
    const top = (typeof index === 'number' ? index : 0) * height;
    if (Math.abs(column.scrollTop - top) >= 1) column.scrollTop = top;
  });
}

function hear(view: BuiltInElement, scrolled: HTMLElement): void {
  const height = itemHeight(view);
  const value: unknown = view.value('value');
  const before: unknown[] = Array.isArray(value) ? value : [];
  const now = columnsIn(view).map((column, at) =>
    column === scrolled ? Math.round(column.scrollTop / height) : Number(before[at] ?? 0),
  );
  if (now.every((index, at) => index === Number(before[at] ?? 0))) return;
  view.set({ value: now });
  view.emit('change', { value: now });
}
