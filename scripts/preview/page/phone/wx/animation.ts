import {
  dashed,
  STYLES,
  TRANSFORMS,
  withUnit,
  type AnimationStep,
  type ExportedAnimation,
} from '../state/animation';
import { isOptions, numberOption, textOption, type Options } from './async-api';

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
      styles.set(dashed(name), withUnit(value, unit));
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
