/** Where a finger or a pressed mouse is, and how far from where it began. */
export interface DragPoint {
  x: number;
  y: number;
  dx: number;
  dy: number;
  /** When, as events tell it: milliseconds. */
  at: number;
}

export interface DragHandlers {
  /** @returns whether to follow it */
  start(point: DragPoint): boolean;
  /** @returns whether it is taken, so that the browser neither scrolls nor selects */
  move(point: DragPoint): boolean;
  end(point: DragPoint): void;
}

/** Follows a finger or a mouse that goes down on `host`, wherever it goes, until it is up. */
export function followDrags(host: HTMLElement, handlers: DragHandlers): void {
  host.addEventListener('mousedown', (event) => {
    if (event.button !== 0) return;
    const origin = event;
    const pointOf = ({ clientX, clientY, timeStamp }: MouseEvent): DragPoint =>
      from(origin, clientX, clientY, timeStamp);
    if (!handlers.start(pointOf(event))) return;
    const move = (moved: MouseEvent): void => {
      if (handlers.move(pointOf(moved))) moved.preventDefault();
    };
    const up = (ended: MouseEvent): void => {
      window.removeEventListener('mousemove', move);
      window.removeEventListener('mouseup', up);
      handlers.end(pointOf(ended));
    };
    window.addEventListener('mousemove', move);
    window.addEventListener('mouseup', up);
  });
  let origin: Touch | undefined;
  const sameTouch = (event: TouchEvent): Touch | undefined =>
    [...event.changedTouches].find(({ identifier }) => identifier === origin?.identifier);
  host.addEventListener(
    'touchstart',
    (event) => {
      const [touch] = event.changedTouches;
      if (origin !== undefined || touch === undefined) return;
      const { clientX, clientY } = touch;
      if (handlers.start(from(touch, clientX, clientY, event.timeStamp))) origin = touch;
    },
    { passive: true },
  );
  host.addEventListener(
    'touchmove',
    (event) => {
      const touch = sameTouch(event);
      if (origin === undefined || touch === undefined) return;
      const point = from(origin, touch.clientX, touch.clientY, event.timeStamp);
      if (handlers.move(point) && event.cancelable) event.preventDefault();
    },
    { passive: false },
  );
  const ended = (event: TouchEvent): void => {
    const touch = sameTouch(event);
    if (origin === undefined || touch === undefined) return;
    const point = from(origin, touch.clientX, touch.clientY, event.timeStamp);
    origin = undefined;
    handlers.end(point);
  };
  host.addEventListener('touchend', ended);
  host.addEventListener('touchcancel', ended);
}

function from(
  origin: { clientX: number; clientY: number },
  x: number,
  y: number,
  at: number,
): DragPoint {
  return { x, y, dx: x - origin.clientX, dy: y - origin.clientY, at };
}
