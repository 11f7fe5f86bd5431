import { h } from '../../shared/dom';

export interface ModalOptions {
  title: string;
  content: string;
  confirmText: string;
  confirmColor: string;
  /** Absent: no such button. */
  cancelText?: string;
  cancelColor: string;
  /** With a field to write in, which `content` fills. */
  editable?: boolean;
  placeholder?: string;
}

export interface ModalAnswer {
  confirmed: boolean;
  /** What was written. */
  content: string;
}

/** WeUI's dialog. */
export function showModal(layer: HTMLElement, options: ModalOptions): Promise<ModalAnswer> {
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
            resolve({ confirmed, content: field?.value ?? '' });
          },
        },
        text,
      );
    const { title, content, cancelText } = options;
    const field =
      options.editable === true
        ? h('textarea', {
            class: 'modal__field',
            rows: 2,
            placeholder: options.placeholder,
            'aria-label': title === '' ? options.placeholder : title,
          })
        : undefined;
    if (field) field.value = content;
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
      field ??
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
    (field ?? confirm).focus();
  });
}
