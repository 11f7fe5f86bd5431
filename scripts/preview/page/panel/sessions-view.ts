import { h } from '../dom';
import { personLabel } from './person-label';
import { stateAt, type SessionDocument, type SessionTimes } from './session-document';
import { short } from './short';
import type { PanelLanguage, Texts } from './texts';
import type { TimeTexts } from './time-text';

export interface ViewContext {
  texts: Texts;
  language: PanelLanguage;
  times: TimeTexts;
  /** Epoch milliseconds on the cloud's clock. */
  now: () => number;
}

const TIME_ORDER: readonly (keyof SessionTimes)[] = [
  'createdAt',
  'renewedAt',
  'expiresAt',
  'absoluteExpiresAt',
  'revokedAt',
];

/** The documents as they are, with what has changed since the last time marked. */
export class SessionsView {
  readonly element = h('div', { class: 'sessions' });
  #last = new Map<string, SessionDocument>();
  #drawn = '';

  constructor(private readonly context: ViewContext) {}

  show(sessions: readonly SessionDocument[]): void {
    const { texts, now } = this.context;
    const drawn = JSON.stringify(sessions.map((session) => [session, stateAt(session, now())]));
    if (drawn === this.#drawn) return;
    const first = this.#drawn === '';
    this.#drawn = drawn;
    this.element.replaceChildren(
      ...(sessions.length === 0 ? [h('p', { class: 'empty' }, texts.noSessions)] : []),
      ...sessions.map((session) =>
        this.#card(session, first ? session : this.#last.get(session.id)),
      ),
    );
    this.#last = new Map(sessions.map((session) => [session.id, session]));
  }

  #card(session: SessionDocument, before: SessionDocument | undefined): HTMLElement {
    const { texts, language, now } = this.context;
    const state = stateAt(session, now());
    const changed = (same: boolean): string => (same ? '' : ' changed');
    return h(
      'article',
      { class: `session${changed(before !== undefined)}`, 'data-session': session.id },
      h(
        'header',
        { class: 'session__head' },
        personLabel(session.openid, language, short(session.openid)),
        h(
          'span',
          { class: `session__device${changed(before?.device === session.device)}` },
          session.device,
        ),
        h(
          'span',
          { class: `pill pill--${state}${changed(before?.state === session.state)}` },
          texts.states[state],
        ),
        h('code', { class: 'session__id', title: `_id ${session.id}` }, short(session.id)),
      ),
      h(
        'dl',
        { class: 'session__fields' },
        ...TIME_ORDER.flatMap((name) => {
          const at = session.times[name];
          return at === undefined
            ? []
            : [this.#time(name, at, changed(before?.times[name] === at))];
        }),
        h(
          'div',
          { class: `field${changed(before?.tokenHash === session.tokenHash)}` },
          h('dt', {}, texts.fields.tokenHash),
          h('dd', {}, h('code', { title: session.tokenHash }, short(session.tokenHash))),
        ),
      ),
    );
  }

  #time(name: keyof SessionTimes, at: number, changed: string): HTMLElement {
    const { texts, times } = this.context;
    return h(
      'div',
      { class: `field${changed}` },
      h('dt', {}, texts.fields[name]),
      h('dd', {}, times.element(at), h('span', { class: 'absolute' }, times.absolute(at))),
    );
  }
}
