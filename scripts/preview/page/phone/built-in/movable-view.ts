import { followDrags } from '../../shared/drag';
import type { BuiltIn } from './built-in';
import type { BuiltInElement } from './element';

const MOVES: Record<string, readonly [x: boolean, y: boolean]> = {
  all: [true, true],
  horizontal: [true, false],
  vertical: [false, true],
};

/** https://developers.weixin.qq.com/miniprogram/dev/component/movable-view.html, without scaling. */
export const movableView: BuiltIn = {
  properties: {
    direction: { type: String, value: 'none' },
    inertia: Boolean,
    outOfBounds: Boolean,
    x: { type: null, value: 0 },
    y: { type: null, value: 0 },
    disabled: Boolean,
    animation: { type: Boolean, value: true },
  },
  create: (element) => {
    let from = { x: 0, y: 0 };
    followDrags(element.host, {
      start: () => {
        from = { x: element.number('x') || 0, y: element.number('y') || 0 };
        return !element.flag('disabled') && MOVES[element.text('direction')] !== undefined;
      },
      move: ({ dx, dy }) => {
        const [alongX, alongY] = MOVES[element.text('direction')] ?? [false, false];
        const place = within(element, from.x + (alongX ? dx : 0), from.y + (alongY ? dy : 0));
        element.set(place);
        element.emit('change', { ...place, source: 'touch' });
        return true;
      },
      end: () => undefined,
    });
  },
  update: (element) => {
    const { x, y } = within(element, element.number('x') || 0, element.number('y') || 0);
    element.host.style.transform = `translate(${String(x)}px,${String(y)}px)`;
  },
};

/** Inside the `<movable-area>` around it. */
function within({ host }: BuiltInElement, x: number, y: number): { x: number; y: number } {
  const area = host.parentElement;
  if (area === null) return { x, y };
  const clamp = (at: number, room: number): number =>
    Math.min(Math.max(at, Math.min(0, room)), Math.max(0, room));
  return {
    x: clamp(x, area.clientWidth - host.offsetWidth),
    y: clamp(y, area.clientHeight - host.offsetHeight),
  };
}
