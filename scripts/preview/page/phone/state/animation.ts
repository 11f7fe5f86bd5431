/** What mini programs animate, by WeChat's names, and what `wx.createAnimation` exports of it. */

export { dashed } from '../../../bundle/dashed';

/** CSS properties and transforms by their WeChat names, and the unit of a bare number. */
export const STYLES: Readonly<Record<string, string>> = {
  opacity: '', backgroundColor: '', width: 'px', height: 'px', left: 'px', right: 'px', top: 'px', bottom: 'px',
}; // prettier-ignore
export const TRANSFORMS: Readonly<Record<string, string>> = {
  rotate: 'deg', rotateX: 'deg', rotateY: 'deg', rotateZ: 'deg', skew: 'deg', skewX: 'deg', skewY: 'deg',
  translate: 'px', translateX: 'px', translateY: 'px', translateZ: 'px', translate3d: 'px',
  scale: '', scaleX: '', scaleY: '', scaleZ: '', scale3d: '', matrix: '', matrix3d: '',
}; // prettier-ignore

export interface AnimationStep {
  /** CSS properties, dashed, at the end of the step. */
  styles: Record<string, string>;
  durationMs: number;
  delayMs: number;
  /** A CSS timing function. */
  timing: string;
  origin: string;
}

export interface ExportedAnimation {
  actions: AnimationStep[];
}

/** @param unit of a bare number */
export function withUnit(value: unknown, unit: string): string {
  return typeof value === 'number' ? `${String(value)}${unit}` : String(value);
}

export function readAnimation(value: unknown): AnimationStep[] {
  return isExported(value) ? value.actions : [];
}

function isExported(value: unknown): value is ExportedAnimation {
  return (
    typeof value === 'object' &&
    value !== null &&
    'actions' in value &&
    Array.isArray(value.actions)
  );
}
