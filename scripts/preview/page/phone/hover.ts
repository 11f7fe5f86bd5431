import { Component } from 'glass-easel';
import type { GestureContext } from './gestures';

/** While a finger is down: the `hover-class` of the innermost element that has one. */
export function startHover(event: PointerEvent, pages: HTMLElement, context: GestureContext): void {
  const { backend, findBuiltIn } = context;
  for (
    let at = event.target instanceof Element ? event.target : null;
    at !== null;
    at = at.parentElement
  ) {
    const node = backend.nodeAt(at);
    const element = Component.isComponent(node) ? findBuiltIn(node)?.element : undefined;
    const name = element?.text('hoverClass') ?? '';
    if (element === undefined || name === '' || name === 'none') continue;
    if (element.flag('disabled')) return;
    const { classList } = element.component;
    const start = setTimeout(() => {
      classList?.toggle(name, true);
    }, element.number('hoverStartTime'));
    const end = (): void => {
      clearTimeout(start);
      setTimeout(() => {
        classList?.toggle(name, false);
      }, element.number('hoverStayTime'));
    };
    for (const type of ['pointerup', 'pointercancel'])
      pages.addEventListener(type, end, { once: true });
    return;
  }
}
