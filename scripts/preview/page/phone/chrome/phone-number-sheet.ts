/** What `<button open-type="getPhoneNumber">` opens: which number the person gives, if any. */
import { h } from '../../shared/dom';
import { maskedNumber } from '../state/phone-number';
import type { Copy } from './copy';

/**
 * @param numbers the first is the one that WeChat knows
 *
 * @returns the number that the person gives; `undefined` when they decline
 */
export function askForPhoneNumber(
  layer: HTMLElement,
  copy: Copy,
  numbers: readonly string[],
): Promise<string | undefined> {
  return new Promise((resolve) => {
    let [chosen] = numbers;
    const button = (text: string, kind: 'allow' | 'deny'): HTMLElement =>
      h(
        'button',
        {
          type: 'button',
          class: `number-sheet__button number-sheet__button--${kind}`,
          click: () => {
            overlay.remove();
            resolve(kind === 'allow' ? chosen : undefined);
          },
        },
        text,
      );
    const option = (number: string, at: number): HTMLElement =>
      h(
        'label',
        { class: 'number-sheet__number' },
        h(
          'span',
          {},
          h('span', { class: 'number-sheet__digits' }, maskedNumber(number)),
          h(
            'span',
            { class: 'number-sheet__kind' },
            at === 0 ? copy.wechatNumber : copy.otherNumber,
          ),
        ),
        h('input', {
          type: 'radio',
          name: 'phone-number',
          checked: at === 0,
          change: () => {
            chosen = number;
          },
        }),
      );
    const allow = button(copy.allow, 'allow');
    const sheet = h(
      'div',
      {
        class: 'number-sheet',
        role: 'dialog',
        'aria-modal': 'true',
        'aria-label': copy.phoneNumberTitle,
      },
      h('p', { class: 'number-sheet__title' }, copy.phoneNumberTitle),
      h('div', { class: 'number-sheet__numbers' }, ...numbers.map(option)),
      h('div', { class: 'number-sheet__buttons' }, button(copy.doNotAllow, 'deny'), allow),
    );
    const overlay = h('div', { class: 'overlay overlay--bottom' }, sheet);
    layer.append(overlay);
    allow.focus();
  });
}
