type AttributeValue = string | number | boolean | undefined | ((event: Event) => void);

/**
 * An element with attributes and children. `false` and `undefined` leave an attribute out; a
 * function listens to an event.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, AttributeValue> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

/** A drawing from trusted markup: a constant of this project, never data. */
export function svg(markup: string): Element {
  const template = document.createElement('template');
  template.innerHTML = markup;
  const drawing = template.content.firstElementChild;
  if (drawing === null) throw new Error('empty drawing');
  drawing.setAttribute('aria-hidden', 'true');
  return drawing;
}
