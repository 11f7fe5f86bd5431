import { h } from '../../shared/dom';
import type { Copy } from './copy';
import { openSheet, sheetButton } from './sheet';

/**
 * What `wx.requestSubscribeMessage` opens.
 *
 * @returns the templates that the person accepts; `undefined` when they refuse all
 */
export function askToSubscribe(
  layer: HTMLElement,
  copy: Copy,
  templates: readonly string[],
): Promise<string[] | undefined> {
  const boxes = templates.map((id) => ({
    id,
    box: h('input', { type: 'checkbox', checked: true }),
  }));
  return openSheet<string[]>(layer, {
    label: copy.subscribeTitle,
    content: (close) => [
      h('p', { class: 'sheet__title' }, copy.subscribeTitle),
      ...boxes.map(({ id, box }) =>
        h('label', { class: 'sheet__row' }, h('span', {}, copy.template(id)), box),
      ),
      h(
        'div',
        { class: 'sheet__buttons' },
        sheetButton(copy.doNotAllow, 'quiet', () => {
          close(undefined);
        }),
        sheetButton(copy.allow, 'main', () => {
          close(boxes.filter(({ box }) => box.checked).map(({ id }) => id));
        }),
      ),
    ],
  });
}
