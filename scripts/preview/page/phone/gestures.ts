import { triggerEvent } from 'glass-easel';
import { builtInsAround, type ElementContext } from './built-ins-around';
import { startHover } from './hover';
import type { ErrorLog } from './state/error-log';

const LONG_PRESS_MS = 350;
const FORWARDED = ['transitionend', 'animationstart', 'animationend', 'animationiteration'];

export interface GestureContext extends ElementContext {
  errors: ErrorLog;
}

/**
 * Turns what happens to the document into WeChat's events: tap, longpress, the end of a transition.
 */
export function forwardGestures(pages: HTMLElement, context: GestureContext): void {
  let pressed: ReturnType<typeof setTimeout> | undefined;
  let longPressHeard = false;
  const release = (): void => {
    clearTimeout(pressed);
  };
  pages.addEventListener('pointerdown', (event) => {
    longPressHeard = false;
    startHover(event, pages, context);
    pressed = setTimeout(() => {
      longPressHeard = trigger('longpress', event, context);
    }, LONG_PRESS_MS);
  });
  pages.addEventListener('pointerup', release);
  pages.addEventListener('pointercancel', release);
  pages.addEventListener('pointerleave', release);
  pages.addEventListener('click', (event) => {
    // Where somebody listens for a long press, no tap follows it.
    if (!longPressHeard) tap(event, context);
  });
  pages.addEventListener('keydown', pressByKey);
  for (const type of FORWARDED) {
    pages.addEventListener(type, (event) => {
      trigger(type, event, context);
    });
  }
}

function tap(event: MouseEvent, context: GestureContext): void {
  const around = builtInsAround(event.target, context);
  if (around.some(({ element }) => element.flag('disabled'))) return;
  trigger('tap', event, context);
  const acting = around.find(({ builtIn }) => builtIn.tap !== undefined);
  if (acting) acting.builtIn.tap?.(acting.element);
}

/** Enter and space, where an element takes focus, are a tap. */
function pressByKey(event: KeyboardEvent): void {
  const { target, key } = event;
  if ((key !== 'Enter' && key !== ' ') || !(target instanceof HTMLElement)) return;
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
  event.preventDefault();
  target.click();
}

/** @returns whether anybody listened */
function trigger(type: string, event: Event, { backend, errors }: GestureContext): boolean {
  const node = backend.nodeAt(event.target);
  if (node === undefined) return false;
  let heard = false;
  const point = pointOf(event);
  const touch = { identifier: 0, ...point, pageX: point.clientX, pageY: point.clientY };
  triggerEvent(
    node,
    type,
    { x: point.clientX, y: point.clientY },
    {
      bubbles: true,
      composed: true,
      capturePhase: true,
      originalEvent: event,
      extraFields: { touches: [touch], changedTouches: [touch] },
      handleListenerReturn: (result) => {
        heard = true;
        errors.watch(`bind${type}`, result);
      },
    },
  );
  return heard;
}

function pointOf(event: Event): { clientX: number; clientY: number } {
  return event instanceof MouseEvent
    ? { clientX: event.clientX, clientY: event.clientY }
    : { clientX: 0, clientY: 0 };
}
