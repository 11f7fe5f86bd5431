import { toBrowserUnits } from '../../../bundle/units';
import { readAnimation, type AnimationStep } from '../state/animation';

const playing = new WeakMap<
  HTMLElement,
  { value: unknown; timer?: ReturnType<typeof setTimeout> }
>();

/** Plays what a page gave to `animation`, step by step; again only when it is given anew. */
export function playAnimation(host: HTMLElement, value: unknown): void {
  const before = playing.get(host);
  if (before?.value === value) return;
  clearTimeout(before?.timer);
  const state: { value: unknown; timer?: ReturnType<typeof setTimeout> } = { value };
  playing.set(host, state);
  const steps = readAnimation(value);
  const play = (index: number): void => {
    const step = steps[index];
    if (step === undefined) return;
    // The place it starts from is drawn first, or there is no transition.
    host.getBoundingClientRect();
    apply(host, step);
    state.timer = setTimeout(() => {
      play(index + 1);
    }, step.durationMs + step.delayMs);
  };
  play(0);
}

function apply({ style }: HTMLElement, step: AnimationStep): void {
  const { styles, durationMs, delayMs, timing, origin } = step;
  style.transition = `all ${String(durationMs)}ms ${timing} ${String(delayMs)}ms`;
  style.transformOrigin = origin;
  for (const [name, value] of Object.entries(styles))
    style.setProperty(name, toBrowserUnits(value));
}
