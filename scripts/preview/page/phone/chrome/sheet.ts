/** What rises from the lower edge of a phone: pickers, samples, questions of WeChat's own. */
import { h } from '../../shared/dom';

interface SheetParts<T> {
  label: string;
  /** Its children; `close` ends it with an answer. */
  content: (close: (answer: T | undefined) => void) => (Node | string)[];
  className?: string;
}

/** @returns the answer; `undefined` when the person tapped beside it or pressed Escape */
export function openSheet<T>(
  layer: HTMLElement,
  { label, content, className = '' }: SheetParts<T>,
): Promise<T | undefined> {
  return new Promise((resolve) => {
    const close = (answer: T | undefined): void => {
      overlay.remove();
      resolve(answer);
    };
    const sheet = h(
      'div',
      {
        class: `sheet ${className}`.trim(),
        role: 'dialog',
        'aria-modal': 'true',
        'aria-label': label,
        tabindex: -1,
      },
      ...content(close),
    );
    const overlay = h('div', { class: 'overlay overlay--bottom' }, sheet);
    overlay.addEventListener('click', ({ target }) => {
      if (target === overlay) close(undefined);
    });
    overlay.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') close(undefined);
    });
    layer.append(overlay);
    (sheet.querySelector<HTMLElement>('[data-first]') ?? sheet).focus();
  });
}

export function sheetButton(
  text: string,
  kind: 'main' | 'quiet' | 'text',
  click: () => void,
): HTMLElement {
  return h(
    'button',
    { type: 'button', class: `sheet__button sheet__button--${kind}`, click },
    text,
  );
}
