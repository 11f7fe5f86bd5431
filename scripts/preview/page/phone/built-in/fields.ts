import type { GeneralComponent } from 'glass-easel';
import { ownerOf } from '../glass-easel/component-of';
import { hasNamedBehavior } from '../glass-easel/named-behaviors';
import type { BuiltInElement } from './element';

/** What a form reads and a label reaches: an element that holds a value. */
export interface Field {
  value(): unknown;
  /** Back to the value it was made with. */
  reset(): void;
  focus?(): void;
}

interface NamedField {
  name: string;
  field: Field;
}

const fields = new WeakMap<HTMLElement, { element: BuiltInElement; field: Field }>();

export function registerField(element: BuiltInElement, field: Field): void {
  fields.set(element.host, { element, field });
}

export function fieldAt(host: Element): Field | undefined {
  return host instanceof HTMLElement ? fields.get(host)?.field : undefined;
}

/**
 * The fields of a form that have a name, in document order: of its own template, and of components
 * in it that are fields (`wx://form-field`) or show what is in them (`wx://form-field-group`).
 *
 * @param componentAt whose element it is
 */
export function namedFieldsOf(
  form: BuiltInElement,
  componentAt: (host: HTMLElement) => GeneralComponent | undefined,
): NamedField[] {
  const home = ownerOf(form.component);
  return [...form.host.querySelectorAll<HTMLElement>('*')].flatMap((host) => {
    const found = fields.get(host) ?? customField(componentAt(host));
    if (found === undefined || !isSeenFrom(home, found.element.component)) return [];
    const name = nameOf(found.element.component);
    return name === '' ? [] : [{ name, field: found.field }];
  });
}

interface CustomField {
  element: { component: GeneralComponent };
  field: Field;
}

function customField(component: GeneralComponent | undefined): CustomField | undefined {
  if (component === undefined || !hasNamedBehavior(component, 'wx://form-field')) return undefined;
  return {
    element: { component },
    // A component of the mini program resets itself, if it does.
    field: { value: () => dataOf(component)['value'], reset: () => undefined },
  };
}

function nameOf(component: GeneralComponent): string {
  const { name } = dataOf(component);
  return typeof name === 'string' || typeof name === 'number' ? String(name) : '';
}

function dataOf(component: GeneralComponent): Record<string, unknown> {
  const data: Record<string, unknown> = component.data;
  return data;
}

function isSeenFrom(home: GeneralComponent | undefined, component: GeneralComponent): boolean {
  for (let owner = ownerOf(component); owner !== home; owner = ownerOf(owner)) {
    if (owner === undefined || !hasNamedBehavior(owner, 'wx://form-field-group')) return false;
  }
  return true;
}
