/**
 * `animate` and `clearAnimation` of pages and components:
 * https://developers.weixin.qq.com/miniprogram/dev/framework/view/animation.html. What was animated
 * stays as it became until it is cleared.
 */
import { toBrowserUnits } from '../../../bundle/units';
import { hostElementOf } from '../glass-easel/backend';
import { giveComponents } from '../glass-easel/component-of';
import { nodesIn } from '../glass-easel/selector-query';
import { STYLES, TRANSFORMS, withUnit } from '../state/animation';

type Frame = Readonly<Record<string, unknown>>;

interface Running {
  animation: Animation;
  frames: readonly Frame[];
}

const running = new WeakMap<HTMLElement, Running[]>();

export function installAnimate(): void {
  giveComponents({
    animate(selector: string, frames: readonly Frame[], durationMs: number, then?: unknown): void {
      if (typeof then === 'object' && then !== null)
        throw new Error('animate() by scrolling is not part of the preview');
      const animations = hostsIn(this, selector).map((host) => {
        const animation = host.animate(keyframes(frames), { duration: durationMs, fill: 'both' });
        running.set(host, [...(running.get(host) ?? []), { animation, frames }]);
        return animation;
      });
      callAfter(animations, then);
    },
    /** @param given which properties: all of them, if that is left out */
    clearAnimation(selector: string, given?: unknown, then?: unknown): void {
      const isCallback = typeof given === 'function';
      const only = !isCallback && typeof given === 'object' && given !== null ? given : undefined;
      for (const host of hostsIn(this, selector)) {
        const left = (running.get(host) ?? []).flatMap((one) => cleared(one, only));
        running.set(host, left);
      }
      callAfter([], isCallback ? given : then);
    },
  });
}

function hostsIn(from: object, selector: string): HTMLElement[] {
  return nodesIn(from, selector).map(hostElementOf);
}

function callAfter(animations: readonly Animation[], then: unknown): void {
  if (typeof then !== 'function') return;
  // One that is cleared has ended too.
  void Promise.allSettled(animations.map(({ finished }) => finished)).then(() => {
    Reflect.apply(then, undefined, []);
  });
}

function cleared(one: Running, only: object | undefined): Running[] {
  const isLeft = (name: string): boolean =>
    only !== undefined && (only as Frame)[name] !== true && isAnimated(name);
  if (!one.frames.some((frame) => Object.keys(frame).some(isLeft))) {
    one.animation.cancel();
    return [];
  }
  const frames = one.frames.map((frame) =>
    Object.fromEntries(Object.entries(frame).filter(([name]) => isLeft(name) || !isAnimated(name))),
  );
  const { effect } = one.animation;
  if (effect instanceof KeyframeEffect) effect.setKeyframes(keyframes(frames));
  return [{ ...one, frames }];
}

const isAnimated = (name: string): boolean => name in STYLES || name in TRANSFORMS;

function keyframes(frames: readonly Frame[]): Keyframe[] {
  return frames.map((frame) => {
    const { offset, ease, transformOrigin } = frame;
    const transform = Object.entries(frame).flatMap(([name, value]) => {
      const unit = TRANSFORMS[name];
      if (unit === undefined) return [];
      return [
        `${name}(${[value]
          .flat()
          .map((part) => withUnit(part, unit))
          .join()})`,
      ];
    });
    const styles = Object.entries(frame).flatMap(([name, value]) => {
      const unit = STYLES[name];
      return unit === undefined ? [] : [[name, toBrowserUnits(withUnit(value, unit))] as const];
    });
    return {
      ...Object.fromEntries(styles),
      ...(transform.length > 0 && { transform: toBrowserUnits(transform.join(' ')) }),
      ...(typeof offset === 'number' && { offset }),
      ...(typeof ease === 'string' && { easing: ease }),
      ...(typeof transformOrigin === 'string' && { transformOrigin }),
    };
  });
}
