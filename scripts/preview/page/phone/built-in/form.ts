import type { BuiltIn } from './built-in';
import type { BuiltInElement } from './element';
import { namedFieldsIn } from './fields';

const forms = new WeakMap<Element, BuiltInElement>();

export const form: BuiltIn = {
  create: (element) => {
    forms.set(element.host, element);
  },
};

export function submitForm(source: BuiltInElement): void {
  const around = formAround(source);
  if (around === undefined) return;
  const value = Object.fromEntries(
    namedFieldsIn(around.host).map(({ name, field }) => [name, field.value()]),
  );
  around.emit('submit', { value });
}

export function resetForm(source: BuiltInElement): void {
  const around = formAround(source);
  if (around === undefined) return;
  for (const { field } of namedFieldsIn(around.host)) field.reset();
  around.emit('reset');
}

function formAround({ host }: BuiltInElement): BuiltInElement | undefined {
  const found = host.closest('wx-form');
  return found === null ? undefined : forms.get(found);
}
