import type { GeneralComponent } from 'glass-easel';
import { ownerOf } from '../glass-easel/component-of';
import { hasNamedBehavior } from '../glass-easel/named-behaviors';
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
    namedFieldsIn(around.component).map(({ name, field }) => [name, field.value()]),
  );
  around.emit('submit', { value });
}

export function resetForm(source: BuiltInElement): void {
  const around = formAround(source);
  if (around === undefined) return;
  for (const { field } of namedFieldsIn(around.component)) field.reset();
  around.emit('reset');
}

/**
 * The form in the same template; from inside a component, the one around that, if the component is
 * `wx://form-field-button`.
 */
function formAround({ host, component }: BuiltInElement): BuiltInElement | undefined {
  const reached = new Set<GeneralComponent | undefined>();
  let owner = ownerOf(component);
  for (;;) {
    reached.add(owner);
    if (owner === undefined || !hasNamedBehavior(owner, 'wx://form-field-button')) break;
    owner = ownerOf(owner);
  }
  for (let at = host.closest('wx-form'); at; at = at.parentElement?.closest('wx-form') ?? null) {
    const found = forms.get(at);
    if (found !== undefined && reached.has(ownerOf(found.component))) return found;
  }
  return undefined;
}
