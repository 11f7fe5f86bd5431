import { h, svg } from '../../shared/dom';

export type ToastIcon = 'success' | 'error' | 'loading' | 'none';

export interface ToastOptions {
  title: string;
  icon: ToastIcon;
  /** Blocks taps on the page while it is shown. */
  mask: boolean;
  /** Absent: until it is hidden. */
  durationMs?: number;
}

const DRAWINGS: Record<Exclude<ToastIcon, 'none' | 'loading'>, string> = {
  success:
    '<svg viewBox="0 0 40 40"><path d="M9 21l8 8 15-17" fill="none" stroke="currentColor" stroke-width="3"/></svg>',
  error:
    '<svg viewBox="0 0 40 40"><path d="M20 9v14M20 28v3" fill="none" stroke="currentColor" stroke-width="3"/><circle cx="20" cy="20" r="17" fill="none" stroke="currentColor" stroke-width="2.5"/></svg>',
};

/** The one toast of a phone. A loading indicator is a toast too, as in WeChat. */
export class Toast {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly layer: HTMLElement) {}

  show({ title, icon, mask, durationMs }: ToastOptions): void {
    this.hide();
    const plain = icon === 'none';
    const box = h('div', { class: plain ? 'toast toast--text' : 'toast', role: 'status' });
    if (icon === 'loading')
      box.append(h('span', { class: 'toast__spinner', 'aria-hidden': 'true' }));
    else if (icon !== 'none') box.append(h('span', { class: 'toast__icon' }, svg(DRAWINGS[icon])));
    box.append(h('p', { class: 'toast__title' }, title));
    this.layer.append(
      h('div', { class: mask ? 'toast-layer toast-layer--mask' : 'toast-layer' }, box),
    );
    if (durationMs === undefined) return;
    this.#timer = setTimeout(() => {
      this.hide();
    }, durationMs);
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.layer.replaceChildren();
  }
}
