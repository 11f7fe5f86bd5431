import { h } from '../../shared/dom';
import { toBrowserUnits } from '../../../bundle/units';
import type { BuiltIn } from './built-in';
import type { BuiltInElement } from './element';

/** https://developers.weixin.qq.com/miniprogram/dev/component/progress.html */
export const progress: BuiltIn = {
  properties: {
    percent: Number,
    showInfo: Boolean,
    borderRadius: { type: null, value: 0 },
    fontSize: { type: null, value: 16 },
    strokeWidth: { type: null, value: 6 },
    color: { type: String, value: '#09bb07' },
    activeColor: String,
    backgroundColor: { type: String, value: '#ebebeb' },
    active: Boolean,
    activeMode: { type: String, value: 'backwards' },
    duration: { type: Number, value: 30 },
  },
  create: ({ host }) => {
    host.setAttribute('role', 'progressbar');
    host.append(
      h('div', { class: 'progress__bar' }, h('div', { class: 'progress__done' })),
      h('span', { class: 'progress__info' }),
    );
  },
  update: (element) => {
    const { host } = element;
    const percent = Math.min(Math.max(element.number('percent') || 0, 0), 100);
    host.setAttribute('aria-valuenow', String(percent));
    const bar = host.querySelector('.progress__bar');
    const done = host.querySelector('.progress__done');
    const info = host.querySelector('.progress__info');
    if (!(bar instanceof HTMLElement && done instanceof HTMLElement && info instanceof HTMLElement))
      return;
    Object.assign(bar.style, {
      height: lengthOf(element, 'strokeWidth'),
      borderRadius: lengthOf(element, 'borderRadius'),
      background: element.text('backgroundColor'),
    });
    const moves = element.flag('active') ? percent * element.number('duration') : 0;
    Object.assign(done.style, {
      width: `${String(percent)}%`,
      background: element.text('activeColor') || element.text('color'),
      transition: moves > 0 ? `width ${String(moves)}ms linear` : '',
    });
    done.ontransitionend = (event) => {
      event.stopPropagation();
      element.emit('activeend', { curPercent: percent });
    };
    info.hidden = !element.flag('showInfo');
    info.style.fontSize = lengthOf(element, 'fontSize');
    info.textContent = `${String(percent)}%`;
  },
};

/** A bare number is in pixels. */
function lengthOf(element: BuiltInElement, name: string): string {
  const text = element.text(name);
  return /^[\d.]+$/.test(text) ? `${text}px` : toBrowserUnits(text);
}
