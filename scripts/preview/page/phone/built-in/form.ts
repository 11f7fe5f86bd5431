import type { GeneralComponent } from 'glass-easel';
import { ownerOf } from '../glass-easel/component-of';
import { hostElementOf } from '../glass-easel/backend';
import { hasNamedBehavior } from '../glass-easel/named-behaviors';
import type { BuiltIn } from './built-in';
import type { BuiltInElement } from './element';
import { namedFieldsOf } from './fields';

const forms = new WeakMap<Element, BuiltInElement>();

export type ComponentAt = (host: HTMLElement) => GeneralComponent | undefined;

/** What a button with a `form-type` does to the form around it. */
export interface FormActions {
  submit(source: BuiltInElement): void;
  reset(source: BuiltInElement): void;
}

export const form: BuiltIn = {
  create: (element) => {
    forms.set(element.host, element);
  },
};

export function formActions(componentAt: ComponentAt): FormActions {
  return {
    submit: (source) => {
      const around = formAround(source.component);
      if (around === undefined) return;
      const value = Object.fromEntries(
        namedFieldsOf(around, componentAt).map(({ name, field }) => [name, field.value()]),
      );
      around.emit('submit', { value });
    },
    reset: (source) => {
      const around = formAround(source.component);
      if (around === undefined) return;
      for (const { field } of namedFieldsOf(around, componentAt)) field.reset();
      around.emit('reset');
    },
  };
}

/**
 * The form in the same template; from inside a component, the one around that, if the component is
 * `wx://form-field-button`.
 */
function formAround(component: GeneralComponent): BuiltInElement | undefined {
  const owner = ownerOf(component);
  const host = hostElementOf(component);
  for (let at = host.closest('wx-form'); at; at = at.parentElement?.closest('wx-form') ?? null) {
    const found = forms.get(at);
    if (found !== undefined && ownerOf(found.component) === owner) return found;
  }
  return owner !== undefined && hasNamedBehavior(owner, 'wx://form-field-button')
    ? formAround(owner)
    : undefined;
}
