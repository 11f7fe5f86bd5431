import type { RecordCard, RecordField, Records } from '../../app/preview-app';
import { h } from '../shared/dom';
import { personLabel } from './person-label';
import { short } from './short';
import type { ViewContext } from './view-context';

/** A collection's documents as they are, with what has changed since the last time marked. */
export class RecordsView {
  readonly element: HTMLElement;
  readonly #cards = h('div', { class: 'records' });
  #last = new Map<string, RecordCard>();
  #drawn = '';

  constructor(
    private readonly records: Records,
    private readonly context: ViewContext,
  ) {
    const { language } = context;
    const { heading, note, none } = records;
    const hasMore = none === undefined;
    this.element = h(
      'section',
      { class: `block block--records${hasMore ? ' block--more' : ''}`, hidden: hasMore },
      h('h2', {}, heading[language]),
      h('p', { class: 'note' }, note[language]),
      this.#cards,
    );
  }

  show(cards: readonly RecordCard[]): void {
    const { none } = this.records;
    const drawn = JSON.stringify(cards);
    if (drawn === this.#drawn) return;
    const first = this.#drawn === '';
    this.#drawn = drawn;
    this.element.hidden = cards.length === 0 && none === undefined;
    this.#cards.replaceChildren(
      ...(cards.length === 0 && none !== undefined
        ? [h('p', { class: 'empty' }, none[this.context.language])]
        : []),
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

  #value(value: RecordField['value']): (Node | string)[] {
    const { language, times } = this.context;
    if ('text' in value) return [value.text[language]];
    if ('hash' in value) return [h('code', { title: value.hash }, short(value.hash))];
    return [times.element(value.at), h('span', { class: 'absolute' }, times.absolute(value.at))];
  }

  #field({ name, value }: RecordField, changed: string): HTMLElement {
    return h(
      'div',
      { class: `field${changed}` },
      h('dt', {}, name[this.context.language]),
      h('dd', {}, ...this.#value(value)),
    );
  }
}

function has(card: RecordCard | undefined, field: RecordField): boolean {
  const wanted = JSON.stringify(field);
  return card?.fields.some((other) => JSON.stringify(other) === wanted) ?? false;
}
