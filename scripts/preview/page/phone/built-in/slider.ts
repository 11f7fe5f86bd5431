import { followDrags } from '../../shared/drag';
import { h } from '../../shared/dom';
import type { BuiltIn } from './built-in';
import type { BuiltInElement } from './element';
import { registerField } from './fields';

/** https://developers.weixin.qq.com/miniprogram/dev/component/slider.html */
export const slider: BuiltIn = {
  properties: {
    name: String,
    min: Number,
    max: { type: Number, value: 100 },
    step: { type: Number, value: 1 },
    value: Number,
    disabled: Boolean,
    color: String,
    selectedColor: String,
    activeColor: { type: String, value: '#07c160' },
    backgroundColor: { type: String, value: '#e9e9e9' },
    blockSize: { type: Number, value: 28 },
    blockColor: { type: String, value: '#ffffff' },
    showValue: Boolean,
  },
  create: (element) => {
    const { host } = element;
    host.setAttribute('role', 'slider');
    host.tabIndex = 0;
    const bar = h(
      'div',
      { class: 'slider__bar' },
      h('div', { class: 'slider__done' }),
      h('div', { class: 'slider__block' }),
    );
    host.append(h('div', { class: 'slider__touch' }, bar), h('span', { class: 'slider__value' }));
    followDrags(host, {
      start: ({ x }) => {
        if (element.flag('disabled')) return false;
        slideTo(element, bar, x);
        return true;
      },
      move: ({ x }) => {
        slideTo(element, bar, x);
        element.emit('changing', { value: valueOf(element) });
        return true;
      },
      end: () => {
        element.emit('change', { value: valueOf(element) });
      },
    });
    host.addEventListener('keydown', (event) => {
      const way = KEYS[event.key];
      if (way === undefined || element.flag('disabled')) return;
      event.preventDefault();
      set(element, valueOf(element) + way * element.number('step'));
      element.emit('change', { value: valueOf(element) });
    });
    registerField(element, {
      value: () => valueOf(element),
      reset: () => {
        set(element, element.number('min'));
      },
    });
  },
  update: (element) => {
    const { host } = element;
    const value = valueOf(element);
    const min = element.number('min');
    const max = element.number('max');
    host.tabIndex = element.flag('disabled') ? -1 : 0;
    host.setAttribute('aria-valuenow', String(value));
    host.setAttribute('aria-valuemin', String(min));
    host.setAttribute('aria-valuemax', String(max));
    const share = max > min ? (value - min) / (max - min) : 0;
    const { style } = host;
    style.setProperty('--slider-share', `${String(share * 100)}%`);
    style.setProperty(
      '--slider-done',
      element.text('selectedColor') || element.text('activeColor'),
    );
    style.setProperty('--slider-rest', element.text('color') || element.text('backgroundColor'));
    style.setProperty('--slider-block', `${element.text('blockSize')}px`);
    style.setProperty('--slider-block-color', element.text('blockColor'));
    const shown = host.querySelector('.slider__value');
    if (!(shown instanceof HTMLElement)) return;
    shown.hidden = !element.flag('showValue');
    shown.textContent = String(value);
  },
};

const KEYS: Record<string, number> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

function valueOf(element: BuiltInElement): number {
  const value = element.number('value') || 0;
  return Math.min(Math.max(value, element.number('min')), element.number('max'));
}

function slideTo(element: BuiltInElement, bar: HTMLElement, x: number): void {
  const { left, width } = bar.getBoundingClientRect();
  const share = width > 0 ? (x - left) / width : 0;
  const min = element.number('min');
  set(element, min + share * (element.number('max') - min));
}

/** To the nearest step from `min`. */
function set(element: BuiltInElement, value: number): void {
  const min = element.number('min');
  const step = element.number('step') || 1;
  const steps = Math.round((value - min) / step);
  // 0.1 + 0.2 is shown as 0.3.
  const stepped = Number((min + steps * step).toFixed(6));
  element.set({ value: Math.min(Math.max(stepped, min), element.number('max')) });
}
