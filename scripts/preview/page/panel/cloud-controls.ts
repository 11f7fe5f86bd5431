import { h } from '../shared/dom';
import { choice, setChoice } from './choice';
import { cloud, type CloudStatus, type FaultKind } from './cloud-client';
import type { ViewContext } from './view-context';

const HOUR_MS = 3_600_000;
const ADVANCES = { hour: HOUR_MS, day: 24 * HOUR_MS, month: 30 * 24 * HOUR_MS };

export interface CloudActions {
  /** After any change, to show it. */
  changed: () => void;
  reset: () => void;
}

/** Clock, faults and reset. */
export class CloudControls {
  readonly element: HTMLElement;
  readonly #clock = h('output', { class: 'clock' });
  readonly #fault: HTMLFieldSetElement;

  constructor(
    private readonly context: ViewContext,
    actions: CloudActions,
  ) {
    const { copy } = context;
    const run = (action: Promise<void>): void => {
      void action.finally(actions.changed);
    };
    const faults: ('none' | FaultKind)[] = ['none', 'databaseLatency', 'databaseDown'];
    this.#fault = choice({
      label: copy.faults,
      options: faults.map((kind) => [kind, copy.fault[kind]] as const),
      chosen: 'none',
      choose: (kind) => {
        run(cloud.setFault(kind === 'none' ? undefined : kind));
      },
    });
    const advance = (name: keyof typeof ADVANCES): HTMLElement =>
      h(
        'button',
        {
          type: 'button',
          class: 'button',
          click: () => {
            run(cloud.advanceClock(ADVANCES[name]));
          },
        },
        copy.advance[name],
      );
    this.element = h(
      'div',
      { class: 'controls' },
      h(
        'div',
        { class: 'control', role: 'group', 'aria-label': copy.clock },
        h('span', { class: 'choice__label' }, copy.clock),
        this.#clock,
        h('div', { class: 'buttons' }, advance('hour'), advance('day'), advance('month')),
      ),
      this.#fault,
      h(
        'button',
        {
          type: 'button',
          class: 'button',
          title: copy.killInstancesHint,
          click: () => {
            run(cloud.killInstances());
          },
        },
        copy.killInstances,
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'button button--danger',
          title: copy.resetHint,
          click: actions.reset,
        },
        copy.reset,
      ),
    );
    this.tick();
  }

  show({ fault }: CloudStatus): void {
    setChoice(this.#fault, fault ?? 'none');
  }

  tick(): void {
    this.#clock.textContent = this.context.times.clock();
  }
}
