import type { TabBarConfig } from '../../../bundle/bundle';
import { h } from '../../shared/dom';
import { pathFromRoot } from '../../../../miniprogram-files/path-from-root';
import type { TabBarState } from '../state/tab-bar-state';

/**
 * The bar of app.json's `tabBar`, or nothing while the page on the screen is not one of its tabs.
 */
export function showTabBar(
  bar: HTMLElement,
  config: TabBarConfig,
  current: string,
  state: TabBarState,
  open: (pagePath: string) => void,
): void {
  bar.hidden = state.hidden || !config.list.some(({ pagePath }) => pagePath === current);
  bar.style.background = config.backgroundColor;
  bar.dataset['border'] = config.borderStyle;
  bar.replaceChildren(
    ...config.list.map(({ pagePath, text, iconPath, selectedIconPath }, index) => {
      const badge = state.badgeAt(index);
      const selected = pagePath === current;
      const source = selected ? (selectedIconPath ?? iconPath) : iconPath;
      return h(
        'button',
        {
          type: 'button',
          class: 'tab-bar__tab',
          style: `color:${selected ? config.selectedColor : config.color}`,
          'aria-current': selected ? 'page' : undefined,
          click: () => {
            open(pagePath);
          },
        },
        ...(source === undefined
          ? []
          : [h('img', { src: `miniprogram/${pathFromRoot(source, '')}`, alt: '' })]),
        h('span', {}, state.textAt(index, text)),
        ...(badge === undefined ? [] : [h('i', { class: 'tab-bar__badge' }, badge)]),
      );
    }),
  );
}
