import { h } from '../../shared/dom';
import { messageOf, type ErrorLog } from '../state/error-log';
import type { Copy } from './copy';

/** A red strip with the latest error of the mini program's code, until it is dismissed. */
export function showErrors(region: HTMLElement, errors: ErrorLog, copy: Copy): void {
  errors.added.add(({ where, error, place }) => {
    const count = errors.errors.length;
    const dismiss = h('button', { type: 'button', 'aria-label': copy.dismiss }, '×');
    dismiss.addEventListener('click', () => {
      region.replaceChildren();
    });
    region.replaceChildren(
      h(
        'div',
        { class: 'error-strip', role: 'alert' },
        h(
          'p',
          {},
          h('strong', {}, count > 1 ? `${where} (${String(count)})` : where),
          ` ${messageOf(error)}`,
          ...(place === undefined ? [] : [' ', h('code', {}, place)]),
        ),
        dismiss,
      ),
    );
  });
}
