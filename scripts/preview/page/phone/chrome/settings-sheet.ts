import { h } from '../../shared/dom';
import type { Copy } from './copy';
import { openSheet, sheetButton } from './sheet';

/** What `wx.openSetting` opens: a switch for each scope that the person was asked about. */
export async function showSettings(
  layer: HTMLElement,
  copy: Copy,
  answers: Readonly<Record<string, boolean>>,
  change: (scope: string, allowed: boolean) => void,
): Promise<void> {
  const rows = Object.entries(answers).map(([scope, allowed]) => {
    const box = h('input', { type: 'checkbox', role: 'switch', checked: allowed });
    box.addEventListener('change', () => {
      change(scope, box.checked);
    });
    return h('label', { class: 'sheet__row' }, h('span', {}, copy.scopes[scope] ?? scope), box);
  });
  await openSheet(layer, {
    label: copy.settings,
    content: (close) => [
      h('p', { class: 'sheet__title' }, copy.settings),
      ...(rows.length > 0 ? rows : [h('p', { class: 'sheet__note' }, copy.noSettings)]),
      h(
        'div',
        { class: 'sheet__buttons' },
        sheetButton(copy.done, 'main', () => {
          close(undefined);
        }),
      ),
    ],
  });
}
