/** touchstart, touchmove, touchend and touchcancel, of fingers and of a pressed mouse. */
export interface TouchPoint {
  identifier: number;
  clientX: number;
  clientY: number;
  pageX: number;
  pageY: number;
  force: number;
}

interface TouchEventDetail {
  touches: TouchPoint[];
  changedTouches: TouchPoint[];
}

type Tell = (
  type: 'touchstart' | 'touchmove' | 'touchend' | 'touchcancel',
  /** Where the finger went down, which hears of it until it is up. */
  target: EventTarget | null,
  event: Event,
  detail: TouchEventDetail,
) => void;

/** Of a finger that is down, a mouse is the only one. */
const MOUSE = 0;

export function forwardTouches(pages: HTMLElement, tell: Tell): void {
  let mouseTarget: EventTarget | null = null;
  // A phone's browser sends mouse events after a touch, for pages that know no touch.
  let lastTouchAt = -Infinity;
  const forward = (type: 'touchstart' | 'touchmove' | 'touchend' | 'touchcancel'): void => {
    pages.addEventListener(
      type,
      (event) => {
        lastTouchAt = event.timeStamp;
        tell(type, event.target, event, {
          touches: [...event.touches].map((touch) => pointOf(touch, touch.identifier, pages)),
          changedTouches: [...event.changedTouches].map((touch) =>
            pointOf(touch, touch.identifier, pages),
          ),
        });
      },
      { passive: true },
    );
  };
  (['touchstart', 'touchmove', 'touchend', 'touchcancel'] as const).forEach(forward);
  const isAfterTouch = ({ timeStamp }: Event): boolean => timeStamp - lastTouchAt < AFTER_TOUCH_MS;
  pages.addEventListener('mousedown', (event) => {
    if (event.button !== 0 || isAfterTouch(event)) return;
    mouseTarget = event.target;
    const point = pointOf(event, MOUSE, pages);
    tell('touchstart', mouseTarget, event, { touches: [point], changedTouches: [point] });
    const move = (moved: MouseEvent): void => {
      const at = pointOf(moved, MOUSE, pages);
      tell('touchmove', mouseTarget, moved, { touches: [at], changedTouches: [at] });
    };
    const up = (ended: MouseEvent): void => {
      window.removeEventListener('mousemove', move);
      window.removeEventListener('mouseup', up);
      const at = pointOf(ended, MOUSE, pages);
      tell('touchend', mouseTarget, ended, { touches: [], changedTouches: [at] });
    };
    window.addEventListener('mousemove', move);
    window.addEventListener('mouseup', up);
  });
}

const AFTER_TOUCH_MS = 1000;

/** Places are those on the page, as WeChat has them: below the bars, and in the scrolled page. */
export function pointOf(
  event: { clientX: number; clientY: number },
  identifier: number,
  pages: HTMLElement,
): TouchPoint {
  const { left, top } = pages.getBoundingClientRect();
  const clientX = event.clientX - left;
  const clientY = event.clientY - top;
  const scroller = pages.querySelector('.page-frame:not([hidden]) > .page-frame__scroller');
  const pageY = clientY + (scroller?.scrollTop ?? 0);
  return { identifier, clientX, clientY, pageX: clientX, pageY, force: 1 };
}
