import { h } from '../../shared/dom';

export interface ModalOptions {
  title: string;
  content: string;
  confirmText: string;
  confirmColor: string;
  /** Absent: no such button. */
  cancelText?: string;
  cancelColor: string;
}

/**
 * WeUI's dialog.
 *
 * @returns whether it was confirmed
 */
export function showModal(layer: HTMLElement, options: ModalOptions): Promise<boolean> {
  return new Promise((resolve) => {
    const button = (text: string, color: string, confirmed: boolean): HTMLElement =>
      h(
        'button',
        {
          type: 'button',
          class: `modal__button modal__button--${confirmed ? 'confirm' : 'cancel'}`,
          style: color === '' ? undefined : `color:${color}`,
          click: () => {
            overlay.remove();
            resolve(confirmed);
          },
        },
        text,
      );
    const { title, content, cancelText } = options;
    const confirm = button(options.confirmText, options.confirmColor, true);
    const dialog = h(
      'div',
      {
        class: 'modal',
        role: 'alertdialog',
        'aria-modal': 'true',
        'aria-label': title === '' ? content : title,
      },
      ...(title === '' ? [] : [h('p', { class: 'modal__title' }, title)]),
      h(
        'p',
        { class: title === '' ? 'modal__content modal__content--alone' : 'modal__content' },
        content,
      ),
      h(
        'div',
        { class: 'modal__buttons' },
        ...(cancelText === undefined ? [] : [button(cancelText, options.cancelColor, false)]),
        confirm,
      ),
    );
    const overlay = h('div', { class: 'overlay overlay--center' }, dialog);
    layer.append(overlay);
    confirm.focus();
  });
}
