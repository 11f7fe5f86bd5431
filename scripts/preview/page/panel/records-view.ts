import type { RecordCard, RecordField } from '../../app/preview-app';
import { h } from '../shared/dom';
import { personLabel } from './person-label';
import { short } from './short';
import type { ViewContext } from './view-context';

/** The documents as they are, with what has changed since the last time marked. */
export class RecordsView {
  readonly element = h('div', { class: 'records' });
  #last = new Map<string, RecordCard>();
  #drawn = '';

  constructor(private readonly context: ViewContext) {}

  show(cards: readonly RecordCard[]): void {
    const { app, language } = this.context;
    const drawn = JSON.stringify(cards);
    if (drawn === this.#drawn) return;
    const first = this.#drawn === '';
    this.#drawn = drawn;
    this.element.replaceChildren(
      ...(cards.length === 0 ? [h('p', { class: 'empty' }, app.records.none[language])] : []),
      ...cards.map((card) => this.#card(card, first ? card : this.#last.get(card.id))),
    );
    this.#last = new Map(cards.map((card) => [card.id, card]));
  }

  #card(card: RecordCard, before: RecordCard | undefined): HTMLElement {
    const { id, openid, label, state, pill, fields } = card;
    const changed = (same: boolean): string => (same ? '' : ' changed');
    return h(
      'article',
      { class: `record${changed(before !== undefined)}`, 'data-record': id },
      h(
        'header',
        { class: 'record__head' },
        personLabel(openid, this.context, short(openid)),
        h('span', { class: `record__label${changed(before?.label === label)}` }, label),
        h(
          'span',
          { class: `pill pill--${pill.tone}${changed(before?.state === state)}` },
          pill.text[this.context.language],
        ),
        h('code', { class: 'record__id', title: `_id ${id}` }, short(id)),
      ),
      h(
        'dl',
        { class: 'record__fields' },
        ...fields.map((field) => this.#field(field, changed(has(before, field)))),
      ),
    );
  }

  #field({ name, value }: RecordField, changed: string): HTMLElement {
    const { language, times } = this.context;
    return h(
      'div',
      { class: `field${changed}` },
      h('dt', {}, name[language]),
      'at' in value
        ? h(
            'dd',
            {},
            times.element(value.at),
            h('span', { class: 'absolute' }, times.absolute(value.at)),
          )
        : h('dd', {}, h('code', { title: value.hash }, short(value.hash))),
    );
  }
}

function has(card: RecordCard | undefined, field: RecordField): boolean {
  const wanted = JSON.stringify(field);
  return card?.fields.some((other) => JSON.stringify(other) === wanted) ?? false;
}
