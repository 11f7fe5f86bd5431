/** What a `<picker>` opens: wheels beside each other. */
import { h } from '../../shared/dom';
import { Wheel } from '../../shared/wheel';
import type { Copy } from './copy';
import { openSheet, sheetButton } from './sheet';

interface Wheels {
  columns: readonly (readonly string[])[];
  chosen: readonly number[];
}

interface WheelSheet extends Wheels {
  title: string;
  turned: (column: number, chosen: readonly number[]) => Wheels | undefined;
}

/** @returns the index that was chosen of each; `undefined` when the person gave up */
export function turnWheels(
  layer: HTMLElement,
  copy: Copy,
  { title, columns, chosen, turned }: WheelSheet,
): Promise<readonly number[] | undefined> {
  const indices = (): number[] => wheels.map((wheel) => wheel.chosen);
  const show = (shown: Wheels): void => {
    wheels.forEach((wheel, at) => {
      wheel.show(shown.columns[at] ?? [], shown.chosen[at] ?? 0);
    });
  };
  const wheels = columns.map(
    (_, column) =>
      new Wheel(`${title} ${String(column + 1)}`.trim(), () => {
        const changed = turned(column, indices());
        if (changed) show(changed);
      }),
  );
  const answer = openSheet<readonly number[]>(layer, {
    label: title === '' ? copy.confirm : title,
    className: 'sheet--wheels',
    content: (close) => [
      ...(title === '' ? [] : [h('p', { class: 'sheet__title' }, title)]),
      h('div', { class: 'wheels' }, ...wheels.map(({ element }) => element)),
      h(
        'div',
        { class: 'sheet__buttons' },
        sheetButton(copy.cancel, 'quiet', () => {
          close(undefined);
        }),
        sheetButton(copy.confirm, 'main', () => {
          close(indices());
        }),
      ),
    ],
  });
  show({ columns, chosen });
  wheels[0]?.element.focus();
  return answer;
}
