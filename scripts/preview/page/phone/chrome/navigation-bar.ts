import type { WindowConfig } from '../../../bundle/bundle';
import { h, svg } from '../../shared/dom';
import type { Copy } from './copy';

const BACK =
  '<svg viewBox="0 0 12 24"><path fill="currentColor" d="M10 19.438 8.955 20.5 1.320 12.742a1.5 1.5 0 0 1 0-2.084L8.955 2.9 10 3.962 2.680 11.4z" transform="translate(0 .3)"/></svg>';
const DOTS =
  '<svg viewBox="0 0 24 24"><g fill="currentColor"><circle cx="5" cy="12" r="2"/><circle cx="12" cy="12" r="2.7"/><circle cx="19" cy="12" r="2"/></g></svg>';
const TARGET =
  '<svg viewBox="0 0 24 24"><circle cx="12" cy="12" r="8.5" fill="none" stroke="currentColor" stroke-width="2.2"/><circle cx="12" cy="12" r="3.3" fill="currentColor"/></svg>';

export interface NavigationBarActions {
  back: () => void;
  openMenu: () => void;
  close: () => void;
}

export interface NavigationBarState {
  window: WindowConfig;
  title: string;
  canGoBack: boolean;
  loading: boolean;
}

export class NavigationBar {
  readonly #title = h('h1', { class: 'navigation-bar__title' });
  readonly #back: HTMLElement;

  constructor(
    private readonly bar: HTMLElement,
    copy: Copy,
    actions: NavigationBarActions,
  ) {
    const button = (name: string, label: string, drawing: string, click: () => void): HTMLElement =>
      h(
        'button',
        { type: 'button', class: `navigation-bar__${name}`, 'aria-label': label, click },
        svg(drawing),
      );
    this.#back = button('back', copy.back, BACK, actions.back);
    const capsule = h(
      'div',
      { class: 'navigation-bar__capsule' },
      button('menu', copy.menu, DOTS, actions.openMenu),
      button('close', copy.close, TARGET, actions.close),
    );
    bar.replaceChildren(this.#back, this.#title, capsule);
  }

  show({ window, title, canGoBack, loading }: NavigationBarState): void {
    this.#title.textContent = window.customBar ? '' : title;
    this.#title.classList.toggle('navigation-bar__title--loading', loading);
    this.#title.ariaBusy = String(loading);
    this.#back.hidden = !canGoBack || window.customBar;
    this.bar.classList.toggle('navigation-bar--over-page', window.customBar);
    const { style } = this.bar.parentElement ?? this.bar;
    style.setProperty('--bar-color', window.customBar ? 'transparent' : window.barColor);
    style.setProperty('--bar-text', window.barText === 'white' ? '#fff' : '#000');
    style.setProperty('--page-background', window.backgroundColor);
  }
}
