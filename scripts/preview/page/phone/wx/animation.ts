import type { AnimationStep, ExportedAnimation } from '../state/animation';
import { isOptions, numberOption, textOption, type Options } from './async-api';

/** CSS properties and transforms by their WeChat names, and the unit of a bare number. */
const STYLES: Record<string, string> = {
  opacity: '', backgroundColor: '', width: 'px', height: 'px', left: 'px', right: 'px', top: 'px', bottom: 'px',
}; // prettier-ignore
const TRANSFORMS: Record<string, string> = {
  rotate: 'deg', rotateX: 'deg', rotateY: 'deg', rotateZ: 'deg', skew: 'deg', skewX: 'deg', skewY: 'deg',
  translate: 'px', translateX: 'px', translateY: 'px', translateZ: 'px', translate3d: 'px',
  scale: '', scaleX: '', scaleY: '', scaleZ: '', scale3d: '', matrix: '', matrix3d: '',
}; // prettier-ignore
const DURATION_MS = 400;

type Chain = Record<string, (...args: unknown[]) => unknown>;

/**
 * https://developers.weixin.qq.com/miniprogram/dev/api/ui/animation/wx.createAnimation.html. What a
 * step sets holds in the steps after it.
 */
export function createAnimation(defaults: unknown): Chain {
  const options = isOptions(defaults) ? defaults : {};
  let steps: AnimationStep[] = [];
  const styles = new Map<string, string>();
  let transforms = new Map<string, string>();
  const chain: Chain = {
    rotate3d: (x, y, z, angle) => {
      transforms.set(
        'rotate3d',
        `rotate3d(${[x, y, z].map(String).join()},${withUnit(angle, 'deg')})`,
      );
      return chain;
    },
    step: (given) => {
      const transform = [...transforms.values()].join(' ');
      steps.push({
        styles: { ...Object.fromEntries(styles), ...(transform === '' ? {} : { transform }) },
        ...timingOf({ ...options, ...(isOptions(given) ? given : {}) }),
      });
      return chain;
    },
    export: (): ExportedAnimation => {
      const actions = steps;
      steps = [];
      return { actions };
    },
  };
  for (const [name, unit] of Object.entries(STYLES)) {
    chain[name] = (value) => {
      styles.set(
        name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
        withUnit(value, unit),
      );
      return chain;
    };
  }
  for (const [name, unit] of Object.entries(TRANSFORMS)) {
    chain[name] = (...values) => {
      // A transform that is given again takes its place at the end, as it does there.
      transforms = new Map([...transforms].filter(([known]) => known !== name));
      transforms.set(name, `${name}(${values.map((value) => withUnit(value, unit)).join()})`);
      return chain;
    };
  }
  return chain;
}

function timingOf(options: Options): Omit<AnimationStep, 'styles'> {
  return {
    durationMs: numberOption(options, 'duration', DURATION_MS),
    delayMs: numberOption(options, 'delay', 0),
    timing: textOption(options, 'timingFunction', 'linear'),
    origin: textOption(options, 'transformOrigin', '50% 50% 0'),
  };
}

function withUnit(value: unknown, unit: string): string {
  return typeof value === 'number' ? `${String(value)}${unit}` : String(value);
}
