import { h } from '../shared/dom';
import { cloud, QueryRefused, type CollectionSummary } from './cloud-client';
import { DocumentElements } from './document-element';
import { fieldsAsText, readDocument, type ReadDocument } from './document-value';
import { preferences } from './preferences';
import type { ViewContext } from './view-context';

const PAGE_SIZE = 50;
/** Words are looked for in so many of the latest documents: the cloud gives no more at once. */
const SEARCHED = 1000;

interface Shown {
  text: string;
  document: ReadDocument;
  element: HTMLElement;
}

/** What is asked for: another answer to another question marks nothing as changed. */
interface Question {
  collection: string;
  /** Words, or a query as JSON. */
  filter: string;
  limit: number;
}

/** Collections as they are: how many documents each has, and the latest of one of them. */
export class CollectionsView {
  readonly element: HTMLElement;
  readonly #tabs = h('div', { class: 'collections', role: 'group' });
  readonly #documents = h('div', { class: 'documents' });
  readonly #filter: HTMLInputElement;
  #typing: ReturnType<typeof setTimeout> | undefined;
  readonly #counted = h('span', { class: 'note' });
  readonly #more: HTMLButtonElement;
  readonly #details: HTMLElement;
  readonly #elements: DocumentElements;
  /** `undefined` where the reader has closed it. */
  #open: string | undefined;
  #limit = PAGE_SIZE;
  #summaries: readonly CollectionSummary[] = [];
  #tabsDrawn = '';
  #asked: (Question & { revision: string }) | undefined;
  #shown = new Map<string, Shown>();

  /** @param isAll whether it shows every collection, and not only what no other view does */
  constructor(
    private readonly context: ViewContext,
    private readonly isAll: boolean,
  ) {
    const { copy } = context;
    this.#elements = new DocumentElements(context);
    this.#open = preferences.collection;
    this.#filter = h('input', {
      type: 'search',
      class: 'filter',
      placeholder: copy.filterHint,
      'aria-label': copy.filter,
      spellcheck: 'false',
      input: () => {
        this.#limit = PAGE_SIZE;
        clearTimeout(this.#typing);
        this.#typing = setTimeout(() => void this.#refresh(), TYPING_MS);
      },
    });
    this.#more = h(
      'button',
      {
        type: 'button',
        class: 'button',
        click: () => {
          this.#limit += PAGE_SIZE;
          void this.#refresh();
        },
      },
      copy.moreDocuments(PAGE_SIZE),
    );
    this.#details = h(
      'div',
      { class: 'collection-details', hidden: true },
      h('div', { class: 'filters' }, this.#filter, this.#counted),
      this.#documents,
      this.#more,
    );
    this.element = h(
      'section',
      { class: `block block--collections${isAll ? ' block--all' : ''}` },
      h('h2', {}, isAll ? copy.database : copy.otherCollections),
      this.#tabs,
      this.#details,
    );
  }

  /** @throws CloudUnavailable, after which what was shown stays */
  async show(summaries: readonly CollectionSummary[]): Promise<void> {
    this.#summaries = summaries;
    const isThere = summaries.some(({ name }) => name === this.#open);
    if (!isThere && this.isAll && this.#open !== NONE) this.#open = fullest(summaries);
    this.#drawTabs();
    await this.#ask();
  }

  async #refresh(): Promise<void> {
    // What can't be had now comes with the next look at the cloud.
    await this.#ask().catch(() => undefined);
  }

  #drawTabs(): void {
    const { copy } = this.context;
    const drawn = JSON.stringify([
      this.#open,
      this.#summaries.map((one) => [one.name, one.documents]),
    ]);
    if (drawn === this.#tabsDrawn) return;
    this.#tabsDrawn = drawn;
    const hadFocus = this.#tabs.contains(document.activeElement)
      ? document.activeElement?.getAttribute('data-collection')
      : undefined;
    this.#tabs.replaceChildren(
      ...(this.#summaries.length === 0 ? [h('p', { class: 'empty' }, copy.noCollections)] : []),
      ...this.#summaries.map(({ name, documents }) =>
        h(
          'button',
          {
            type: 'button',
            class: 'collection',
            'data-collection': name,
            'aria-pressed': String(name === this.#open),
            click: () => {
              this.#choose(name);
            },
          },
          h('code', {}, name),
          h('span', { class: 'collection__count' }, String(documents)),
        ),
      ),
    );
    if (typeof hadFocus === 'string') {
      this.#tabs.querySelector<HTMLElement>(`[data-collection="${CSS.escape(hadFocus)}"]`)?.focus();
    }
  }

  #choose(name: string): void {
    this.#open = name === this.#open ? NONE : name;
    preferences.collection = this.#open;
    this.#limit = PAGE_SIZE;
    this.#filter.value = '';
    this.#drawTabs();
    void this.#refresh();
  }

  async #ask(): Promise<void> {
    const summary = this.#summaries.find(({ name }) => name === this.#open);
    this.#details.hidden = summary === undefined;
    if (summary === undefined) {
      this.#asked = undefined;
      return;
    }
    const { name: collection, revision } = summary;
    const asked = { collection, revision, filter: this.#filter.value.trim(), limit: this.#limit };
    if (JSON.stringify(asked) === JSON.stringify(this.#asked)) return;
    const isSame = sameQuestion(asked, this.#asked);
    try {
      const { texts, total } = await find(asked);
      // Another question was asked meanwhile.
      if (this.#filter.value.trim() !== asked.filter || this.#open !== collection) return;
      this.#asked = asked;
      this.#draw(texts, isSame);
      this.#tellCount(texts.length, total, asked.filter);
    } catch (error) {
      if (!(error instanceof QueryRefused)) throw error;
      this.#asked = asked;
      this.#shown.clear();
      this.#documents.replaceChildren(h('p', { class: 'notice' }, error.message));
      this.#tellCount(0, 0, '');
    }
  }

  /** @param marks whether what differs from the last time is new, and not only now asked for */
  #draw(texts: readonly string[], marks: boolean): void {
    const { copy } = this.context;
    const last = this.#shown;
    const shown = texts.map((text): Shown => {
      const document = readDocument(text);
      const before = last.get(document.id);
      if (before?.text === text) return before;
      const element = this.#elements.draw(document, marks ? before?.document : undefined);
      if (marks) element.classList.add('changed');
      return { text, document, element };
    });
    this.#shown = new Map(shown.map((one) => [one.document.id, one]));
    const none = this.#filter.value.trim() === '' ? copy.noDocuments : copy.noMatches;
    this.#documents.replaceChildren(
      ...(shown.length === 0 ? [h('p', { class: 'empty' }, none)] : []),
      ...shown.map(({ element }) => element),
    );
  }

  #tellCount(shown: number, total: number, filter: string): void {
    const { copy } = this.context;
    this.#more.hidden = shown >= total;
    const isSearch = filter !== '' && !isQuery(filter);
    const all = this.#summaries.find(({ name }) => name === this.#open)?.documents ?? 0;
    this.#counted.textContent = [
      ...(total > shown ? [copy.latestOf(shown, total)] : filter !== '' ? [copy.found(total)] : []),
      ...(isSearch && all > SEARCHED ? [copy.searchedIn(SEARCHED)] : []),
    ].join(' · ');
  }
}

/** Between two letters: each question may ask for many documents. */
const TYPING_MS = 150;

/** No collection has an empty name. */
const NONE = '';

function fullest(summaries: readonly CollectionSummary[]): string | undefined {
  return [...summaries].sort((a, b) => b.documents - a.documents)[0]?.name;
}

function sameQuestion(asked: Question, last: Question | undefined): boolean {
  return (['collection', 'filter', 'limit'] as const).every((part) => asked[part] === last?.[part]);
}

function isQuery(filter: string): boolean {
  return filter.startsWith('{');
}

/** The latest documents first. */
async function find({
  collection,
  filter,
  limit,
}: Question): Promise<{ texts: string[]; total: number }> {
  if (filter === '' || isQuery(filter)) {
    return cloud.latest(collection, filter === '' ? '{}' : filter, limit);
  }
  const { texts } = await cloud.latest(collection, '{}', SEARCHED);
  const words = filter.toLowerCase();
  const matching = texts.filter((text) => {
    const { id, fields } = readDocument(text);
    return `${id} ${fieldsAsText(fields)}`.toLowerCase().includes(words);
  });
  return { texts: matching.slice(0, limit), total: matching.length };
}
