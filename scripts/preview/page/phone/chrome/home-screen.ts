import { h, svg } from '../../shared/dom';
import type { Copy } from './copy';

const ICON =
  '<svg viewBox="0 0 24 24"><path d="M15.6 5.1a4 4 0 0 0-4 4v5.8a2.3 2.3 0 1 1-2.9-2.2.9.9 0 0 0-.5-1.7A4 4 0 1 0 13.3 15V9.1a2.3 2.3 0 1 1 2.9 2.2.9.9 0 0 0 .5 1.7 4 4 0 0 0-1.1-7.9z" fill="currentColor"/></svg>';

/** What is seen while the mini program is in the background. Tapping its icon brings it back. */
export function showHomeScreen(
  layer: HTMLElement,
  title: string,
  copy: Copy,
  reopen: () => void,
): void {
  const home = h('div', { class: 'home-screen' });
  const icon = h(
    'button',
    {
      type: 'button',
      class: 'home-screen__app',
      'aria-label': `${copy.reopen} ${title}`,
      click: () => {
        home.remove();
        reopen();
      },
    },
    h('span', { class: 'home-screen__icon' }, svg(ICON)),
    h('span', { class: 'home-screen__name' }, title),
  );
  home.append(icon);
  layer.append(home);
  icon.focus();
}
