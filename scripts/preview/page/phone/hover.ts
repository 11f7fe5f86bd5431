import { builtInsAround, type ElementContext } from './built-ins-around';

/** While a finger is down: the `hover-class` of the innermost element that has one. */
export function startHover(event: PointerEvent, pages: HTMLElement, context: ElementContext): void {
  const hovered = builtInsAround(event.target, context)
    .map(({ element }) => ({ element, name: element.text('hoverClass') }))
    .find(({ name }) => name !== '' && name !== 'none');
  if (hovered === undefined || hovered.element.flag('disabled')) return;
  const { element, name } = hovered;
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
}
