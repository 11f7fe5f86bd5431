import { h } from '../shared/dom';
import type { Tone } from '../../app/preview-app';
import type { CallRecord, Operation, Verdict } from './call-record';
import { personLabel } from './person-label';
import type { ViewContext } from './view-context';

const MOST_SHOWN = 30;
const TIMER = 'wx_trigger';

/** What every failure begins with; the code is shown anyway. */
const PLATFORM_WORDS = /^cloud\.callFunction:fail [^\n]*?\| errMsg: /;

const TONES: Record<Verdict, Tone> = { ok: 'good', refused: 'neutral', failed: 'bad' };

/** The calls, the latest first. */
export class CallsView {
  readonly element = h('ol', { class: 'calls' });

  #shown = false;

  constructor(private readonly context: ViewContext) {
    this.clear();
  }

  clear(): void {
    this.element.replaceChildren(h('li', { class: 'empty' }, this.context.copy.noCalls));
  }

  /** @param calls the oldest first; those of the first time are not new */
  add(calls: readonly CallRecord[]): void {
    if (calls.length > 0) this.element.querySelector('.empty')?.remove();
    for (const call of calls) this.element.prepend(this.#row(call));
    this.#shown = true;
    while (this.element.childElementCount > MOST_SHOWN) this.element.lastElementChild?.remove();
  }

  #row(call: CallRecord): HTMLElement {
    const { copy, times } = this.context;
    const caller = call.source === TIMER ? copy.timer : copy.nobody;
    return h(
      'li',
      {
        class: this.#shown ? 'call changed' : 'call',
        'data-function': call.functionName,
        'data-code': call.code,
      },
      h(
        'div',
        { class: 'call__head' },
        call.functionName === ''
          ? h('span', { class: 'call__name' }, copy.phoneDatabase)
          : h('code', { class: 'call__name' }, call.functionName),
        personLabel(call.openid, this.context, caller),
        h('span', { class: `pill pill--${TONES[call.verdict]}` }, call.code),
        h(
          'span',
          { class: 'call__facts' },
          call.functionName === ''
            ? milliseconds(call.durationMs)
            : `${milliseconds(call.durationMs)} · ${call.cold ? copy.cold : copy.warm}`,
        ),
        times.element(call.startedAt),
      ),
      h(
        'ul',
        { class: 'operations' },
        ...openInterfaces(call),
        ...this.#operations(call.operations),
      ),
      ...this.#said(call),
    );
  }

  /** Why it failed, in the open; what it printed, to be opened. */
  #said({ message, logs }: CallRecord): HTMLElement[] {
    const [headline] = message.replace(PLATFORM_WORDS, '').split('\n');
    const lines = logs.length > 0 ? logs : message.split('\n').slice(1);
    return [
      ...(headline === undefined || headline === ''
        ? []
        : [h('p', { class: 'call__error' }, headline)]),
      ...(lines.length === 0
        ? []
        : [
            h(
              'details',
              { class: 'call__logs' },
              h('summary', {}, this.context.copy.printed(lines.length)),
              h('pre', {}, lines.join('\n')),
            ),
          ]),
    ];
  }

  #operations(operations: readonly Operation[]): HTMLElement[] {
    const { copy } = this.context;
    if (operations.length === 0) return [h('li', { class: 'operation' }, copy.noOperations)];
    return operations.map(({ action, collection, durationMs, failed }) =>
      h(
        'li',
        { class: failed ? 'operation operation--failed' : 'operation' },
        h('code', {}, `${action} ${collection}`),
        ` ${milliseconds(durationMs)}${failed ? ` · ${copy.failed}` : ''}`,
      ),
    );
  }
}

function milliseconds(duration: number): string {
  return `${String(Math.round(duration))} ms`;
}

function openInterfaces({ openInterfaces: called }: CallRecord): HTMLElement[] {
  return called.map(({ name, outcome }) =>
    h(
      'li',
      { class: outcome === 'ok' ? 'operation' : 'operation operation--failed' },
      h('code', {}, name),
      ` ${outcome}`,
    ),
  );
}
