import { h } from '../shared/dom';
import {
  asText,
  fieldsAsText,
  type DocumentValue,
  type Field,
  type ReadDocument,
} from './document-value';
import { personLabel } from './person-label';
import { short } from './short';
import type { ViewContext } from './view-context';

/** How much of a value stands on one line, and in the open. */
const PREVIEW_CHARACTERS = 160;
const MOST_CHARACTERS = 4000;
const MOST_PARTS = 100;

/** What a document looks like; parts that were opened stay open when it is drawn again. */
export class DocumentElements {
  readonly #opened = new Set<string>();

  constructor(private readonly context: ViewContext) {}

  /** @param before as it was; its fields that differ are marked. Absent: all of it is new */
  draw(document: ReadDocument, before?: ReadDocument): HTMLElement {
    const { id, openid, fields } = document;
    const last = new Map(before?.fields.map(([name, value]) => [name, asText(value)]));
    const isChanged = ([name, value]: Field): boolean =>
      before !== undefined && last.get(name) !== asText(value);
    const element = this.#foldable(
      id,
      'document',
      [
        h('code', { class: 'document__id', title: `_id ${id}` }, short(id)),
        ...(openid === '' ? [] : [personLabel(openid, this.context, short(openid))]),
        h('span', { class: 'document__preview' }, preview(fieldsAsText(fields))),
      ],
      () => this.#fields([['_id', { kind: 'text', text: id }], ...fields], id, isChanged),
    );
    element.dataset['document'] = id;
    return element;
  }

  #fields(
    fields: readonly Field[],
    path: string,
    isChanged: (field: Field) => boolean = () => false,
  ): HTMLElement[] {
    const shown = fields.slice(0, MOST_PARTS).map((field) => {
      const [name, value] = field;
      const element = this.#part(name, value, `${path}/${name}`);
      if (isChanged(field)) element.classList.add('changed');
      return element;
    });
    const more = fields.length - MOST_PARTS;
    return more > 0
      ? [...shown, h('p', { class: 'note' }, this.context.copy.andMore(more))]
      : shown;
  }

  #part(name: string, value: DocumentValue, path: string): HTMLElement {
    const label = h('code', { class: 'part__name' }, name);
    const parts = partsOf(value);
    if (parts === undefined || parts.length === 0) {
      return h('div', { class: 'part' }, label, this.#leaf(value));
    }
    const summary = h('span', { class: 'document__preview' }, preview(asText(value)));
    return this.#foldable(path, 'part', [label, summary], () => this.#fields(parts, path));
  }

  #leaf(value: DocumentValue): HTMLElement {
    if (value.kind === 'date') {
      return h('span', { class: 'value value--date' }, this.context.times.exact(value.at));
    }
    const text = asText(value);
    const cut = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
    return h('span', { class: `value value--${value.kind}` }, cut);
  }

  /** What is inside is made when it is opened. */
  #foldable(
    path: string,
    name: string,
    summary: HTMLElement[],
    inside: () => HTMLElement[],
  ): HTMLElement {
    const parts = h('div', { class: 'parts' });
    const fill = (): void => {
      if (parts.childElementCount === 0) parts.append(...inside());
    };
    const isOpen = this.#opened.has(path);
    if (isOpen) fill();
    const element = h(
      'details',
      {
        class: name,
        open: isOpen,
        toggle: () => {
          if (element.open) this.#opened.add(path);
          else this.#opened.delete(path);
          if (element.open) fill();
        },
      },
      h('summary', { class: `${name}__head` }, ...summary),
      parts,
    );
    return element;
  }
}

function partsOf(value: DocumentValue): readonly Field[] | undefined {
  if (value.kind === 'fields') return value.fields;
  if (value.kind === 'list') return value.items.map((item, at) => [String(at), item]);
  return undefined;
}

function preview(text: string): string {
  return text.length > PREVIEW_CHARACTERS ? `${text.slice(0, PREVIEW_CHARACTERS)}…` : text;
}
