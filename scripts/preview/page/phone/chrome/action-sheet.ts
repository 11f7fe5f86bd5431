import { h } from '../../shared/dom';

/**
 * WeUI's action sheet.
 *
 * @returns the index of the item that was tapped; `undefined` when it was cancelled
 */
export function showActionSheet(
  layer: HTMLElement,
  items: readonly string[],
  cancelText: string,
): Promise<number | undefined> {
  return new Promise((resolve) => {
    const close = (answer: number | undefined): void => {
      overlay.remove();
      resolve(answer);
    };
    const button = (text: string, answer: number | undefined): HTMLElement =>
      h(
        'button',
        {
          type: 'button',
          class: 'action-sheet__item',
          click: () => {
            close(answer);
          },
        },
        text,
      );
    const sheet = h(
      'div',
      { class: 'action-sheet', role: 'dialog', 'aria-modal': 'true' },
      ...items.map((text, index) => button(text, index)),
      h('div', { class: 'action-sheet__gap' }),
      button(cancelText, undefined),
    );
    const overlay = h('div', { class: 'overlay overlay--bottom' }, sheet);
    overlay.addEventListener('click', ({ target }) => {
      if (target === overlay) close(undefined);
    });
    layer.append(overlay);
    sheet.querySelector('button')?.focus();
  });
}
