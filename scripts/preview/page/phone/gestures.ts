import { triggerEvent } from 'glass-easel';
import { builtInsAround, type ElementContext } from './built-ins-around';
import { startHover } from './hover';
import type { ErrorLog } from './state/error-log';
import { forwardTouches, pointOf, type TouchPoint } from './touches';

const LONG_PRESS_MS = 350;
/** A finger that goes further neither taps nor presses long. */
const SLOP_PX = 10;
const FORWARDED = ['transitionend', 'animationstart', 'animationend', 'animationiteration'];

export interface GestureContext extends ElementContext {
  errors: ErrorLog;
}

interface Touched {
  touches: TouchPoint[];
  changedTouches: TouchPoint[];
}

/**
 * Turns what happens to the document into WeChat's events: touches, tap, longpress, the end of a
 * transition.
 */
export function forwardGestures(pages: HTMLElement, context: GestureContext): void {
  let pressed: ReturnType<typeof setTimeout> | undefined;
  let pressedAt: { clientX: number; clientY: number } | undefined;
  let longPressHeard = false;
  let moved = false;
  const release = (): void => {
    clearTimeout(pressed);
  };
  const touchesAt = (event: Event): Touched => {
    const at = event instanceof MouseEvent ? event : { clientX: 0, clientY: 0 };
    const point = pointOf(at, 0, pages);
    return { touches: [point], changedTouches: [point] };
  };
  pages.addEventListener('pointerdown', (event) => {
    release();
    longPressHeard = false;
    moved = false;
    pressedAt = event;
    startHover(event, pages, context);
    pressed = setTimeout(() => {
      const touched = touchesAt(event);
      // Both names are the same gesture; the second one is older.
      const heard = ['longpress', 'longtap'].map((type) =>
        trigger(type, event, event.target, touched, context),
      );
      longPressHeard = heard.includes(true);
    }, LONG_PRESS_MS);
  });
  pages.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (pressedAt === undefined) return;
    const way = Math.hypot(clientX - pressedAt.clientX, clientY - pressedAt.clientY);
    if (way <= SLOP_PX) return;
    moved = true;
    release();
  });
  for (const type of ['pointerup', 'pointercancel', 'pointerleave']) {
    pages.addEventListener(type, release);
  }
  pages.addEventListener('click', (event) => {
    const isTap = !longPressHeard && !moved;
    pressedAt = undefined;
    moved = false;
    // Where somebody listens for a long press, no tap follows it.
    if (isTap) tap(event, touchesAt(event), context);
  });
  pages.addEventListener('keydown', (event) => {
    // A tap by a key is one whatever a finger did before.
    moved = false;
    pressByKey(event);
  });
  forwardTouches(pages, (type, target, event, touched) => {
    trigger(type, event, target, touched, context);
  });
  for (const type of FORWARDED) {
    pages.addEventListener(type, (event) => {
      trigger(type, event, event.target, touchesAt(event), context);
    });
  }
}

function tap(event: MouseEvent, touched: Touched, context: GestureContext): void {
  const around = builtInsAround(event.target, context);
  if (around.some(({ element }) => element.flag('disabled'))) return;
  trigger('tap', event, event.target, touched, context);
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
function trigger(
  type: string,
  event: Event,
  target: EventTarget | null,
  touched: Touched,
  { backend, errors }: GestureContext,
): boolean {
  const node = backend.nodeAt(target);
  if (node === undefined) return false;
  const [point] = touched.changedTouches;
  const isTap = type === 'tap' || type === 'longpress' || type === 'longtap';
  let heard = false;
  triggerEvent(node, type, isTap && point ? { x: point.clientX, y: point.clientY } : {}, {
    bubbles: true,
    composed: true,
    capturePhase: true,
    originalEvent: event,
    extraFields: { ...touched },
    handleListenerReturn: (result) => {
      heard = true;
      errors.watch(`bind${type}`, result);
    },
  });
  return heard;
}
