import { h } from '../shared/dom';

export interface ChoiceOptions<T extends string> {
  label: string;
  /** The label is for screen readers only. */
  quiet?: boolean;
  options: readonly (readonly [value: T, text: string])[];
  chosen: T;
  choose: (value: T) => void;
}

let count = 0;

/** One of a few, as radio buttons drawn as a segmented control. */
export function choice<T extends string>(settings: ChoiceOptions<T>): HTMLFieldSetElement {
  const { label, quiet = false, options, chosen, choose } = settings;
  count += 1;
  const name = `choice-${String(count)}`;
  return h(
    'fieldset',
    { class: 'choice' },
    h('legend', { class: quiet ? 'visually-hidden' : 'choice__label' }, label),
    h(
      'div',
      { class: 'choice__options' },
      ...options.map(([value, text]) =>
        h(
          'label',
          { class: 'choice__option' },
          h('input', {
            type: 'radio',
            name,
            value,
            checked: value === chosen,
            change: () => {
              choose(value);
            },
          }),
          h('span', {}, text),
        ),
      ),
    ),
  );
}

/** Shows another value as chosen, without choosing it. */
export function setChoice(element: HTMLFieldSetElement, value: string): void {
  for (const input of element.querySelectorAll('input')) input.checked = input.value === value;
}
