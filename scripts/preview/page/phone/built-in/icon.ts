import { toBrowserUnits } from '../../../bundle/units';
import { h, svg } from '../../shared/dom';
import type { BuiltIn } from './built-in';

const TICK = '<path d="M10.6 16.2 6.7 12.3l1.1-1.1 2.8 2.8 5.8-5.8 1.1 1.1z"/>';
const DISC = '<circle cx="12" cy="12" r="10" fill="currentColor"/>';
const RING =
  '<circle cx="12" cy="12" r="9.3" fill="none" stroke="currentColor" stroke-width="1.4"/>';
const CROSS = '<path d="m12 10.9 3-3 1.1 1.1-3 3 3 3-1.1 1.1-3-3-3 3L7.9 15l3-3-3-3L9 7.9z"/>';
const on = (mark: string): string => `${DISC}<g fill="var(--icon-mark,#fff)">${mark}</g>`;

/** Drawing and default colour of each type. */
const ICONS: Record<string, [drawing: string, color: string]> = {
  success: [on(TICK), '#07c160'],
  success_no_circle: [`<g fill="currentColor">${TICK}</g>`, '#07c160'],
  info: [on('<path d="M11.2 10.5h1.6v6.5h-1.6zM11.1 7.2h1.8V9h-1.8z"/>'), '#10aeff'],
  warn: [on('<path d="M11.2 7h1.6v6.5h-1.6zM11.1 15h1.8v1.8h-1.8z"/>'), '#f76260'],
  waiting: [on('<path d="M11.3 6.5h1.4v5.2l3.3 3.3-1 1-3.7-3.7z"/>'), '#10aeff'],
  cancel: [`${RING}<g fill="currentColor">${CROSS}</g>`, '#f43530'],
  clear: [on(CROSS), '#b2b2b2'],
  download: [
    `${RING}<path fill="currentColor" d="M11.3 6.5h1.4v7l2.3-2.3 1 1L12 16.2l-4-4 1-1 2.3 2.3z"/>`,
    '#07c160',
  ],
  search: [
    '<path fill="none" stroke="currentColor" stroke-width="1.6" d="M15.4 15.4 20 20M10.5 17a6.5 6.5 0 1 1 0-13 6.5 6.5 0 0 1 0 13z"/>',
    '#b2b2b2',
  ],
  circle: [RING, '#c9c9c9'],
};

export const icon: BuiltIn = {
  properties: {
    type: String,
    size: { type: null, value: 23 },
    color: String,
  },
  update: (element) => {
    const [drawing, color] = ICONS[element.text('type')] ?? ['', ''];
    const size = element.text('size');
    const chosen = element.text('color');
    const side = /^\d+(\.\d+)?$/.test(size) ? `${size}px` : toBrowserUnits(size);
    const style = `width:${side};height:${side};color:${chosen === '' ? color : chosen}`;
    const mark = h('span', { class: 'icon__mark', style });
    mark.append(svg(`<svg viewBox="0 0 24 24">${drawing}</svg>`));
    element.host.replaceChildren(mark);
  },
};
