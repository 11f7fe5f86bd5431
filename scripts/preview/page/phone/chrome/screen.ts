import { h } from '../../shared/dom';

/** The regions of a phone's screen, from the top down, overlays last. */
export interface Screen {
  root: HTMLElement;
  statusBar: HTMLElement;
  navigationBar: HTMLElement;
  pages: HTMLElement;
  tabBar: HTMLElement;
  toasts: HTMLElement;
  dialogs: HTMLElement;
  errors: HTMLElement;
}

export function createScreen(): Screen {
  const region = (name: string, tag: 'div' | 'nav' | 'header' | 'main' = 'div'): HTMLElement =>
    h(tag, { class: `screen__${name}` });
  const regions = {
    statusBar: region('status-bar'),
    navigationBar: region('navigation-bar', 'header'),
    pages: region('pages', 'main'),
    tabBar: region('tab-bar', 'nav'),
    toasts: region('toasts'),
    dialogs: region('dialogs'),
    errors: region('errors'),
  };
  return { root: h('div', { class: 'screen' }, ...Object.values(regions)), ...regions };
}
