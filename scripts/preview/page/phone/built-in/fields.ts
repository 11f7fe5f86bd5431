import type { BuiltInElement } from './element';

/** What a form reads and a label reaches: an element that holds a value. */
export interface Field {
  value(): unknown;
  /** Back to the value it was made with. */
  reset(): void;
  focus?(): void;
}

const fields = new WeakMap<HTMLElement, { element: BuiltInElement; field: Field }>();

export function registerField(element: BuiltInElement, field: Field): void {
  fields.set(element.host, { element, field });
}

export function fieldAt(host: Element): Field | undefined {
  return host instanceof HTMLElement ? fields.get(host)?.field : undefined;
}

/** The fields inside `host` that have a name, in document order. */
export function namedFieldsIn(host: HTMLElement): { name: string; field: Field }[] {
  return [...host.querySelectorAll<HTMLElement>('*')].flatMap((candidate) => {
    const found = fields.get(candidate);
    const name = found?.element.text('name') ?? '';
    return found === undefined || name === '' ? [] : [{ name, field: found.field }];
  });
}
