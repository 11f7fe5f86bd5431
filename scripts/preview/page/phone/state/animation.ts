/** What `wx.createAnimation` exports, and what a page gives to an element's `animation`. */

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
