import type { DocumentsOf } from '../../app/preview-app';
import { h } from '../shared/dom';
import { CallsView } from './calls-view';
import { choice } from './choice';
import { cloud, type CloudStatus } from './cloud-client';
import { CollectionsView } from './collections-view';
import { CloudControls } from './cloud-controls';
import { preferences } from './preferences';
import { RecordsView } from './records-view';
import type { ViewContext } from './view-context';

export interface PanelActions {
  /** The cloud answered: its clock and faults. */
  status: (status: CloudStatus) => void;
  languageChosen: () => void;
  themeChosen: () => void;
  reset: () => void;
}

/** The column between the phones: what the cloud sees, and what to do to it. */
export class Panel {
  readonly element: HTMLElement;
  readonly #records: readonly RecordsView[];
  readonly #collections: CollectionsView;
  readonly #calls: CallsView;
  readonly #controls: CloudControls;
  readonly #notice = h('p', { class: 'notice', role: 'status', hidden: true });
  #lastCall = 0;
  #refreshing: Promise<void> | undefined;

  constructor(
    private readonly context: ViewContext,
    [problems, webScreen]: readonly [problems: HTMLElement, webScreen: HTMLElement | undefined],
    private readonly actions: PanelActions,
  ) {
    const { app, copy } = context;
    this.#records = app.records.map((records) => new RecordsView(records, context));
    this.#collections = new CollectionsView(context, app.records.length === 0);
    this.#calls = new CallsView(context);
    this.#controls = new CloudControls(context, {
      changed: () => void this.refresh(),
      reset: actions.reset,
    });
    this.element = h(
      'main',
      { class: 'panel' },
      problems,
      this.#header(),
      this.#controls.element,
      ...(webScreen === undefined ? [] : [webScreen]),
      this.#notice,
      ...this.#records.map(({ element }) => element),
      this.#collections.element,
      h('section', { class: 'block block--calls' }, h('h2', {}, copy.calls), this.#calls.element),
    );
  }

  /** Asks the cloud; one question at a time. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#ask().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  tick(): void {
    this.#controls.tick();
    this.context.times.refresh(this.element);
  }

  clear(): void {
    this.#lastCall = 0;
    this.#calls.clear();
  }

  async #ask(): Promise<void> {
    const { app, copy, now } = this.context;
    let isDown: boolean;
    try {
      const [status, { calls, last }] = await Promise.all([
        cloud.status(),
        cloud.calls(this.#lastCall, app.refusalCode),
      ]);
      this.actions.status(status);
      this.#controls.show(status);
      isDown = status.fault === 'databaseDown';
      this.#calls.add(calls);
      this.#lastCall = last;
    } catch {
      this.#tell(copy.unreachable);
      return;
    }
    try {
      const read = await Promise.all(
        app.records.map(async ({ collection }) => ({
          collection,
          documents: await cloud.documents(collection),
        })),
      );
      const documentsOf: DocumentsOf = (name) =>
        read.find(({ collection }) => collection === name)?.documents ?? [];
      for (const [at, records] of app.records.entries()) {
        const documents = documentsOf(records.collection);
        this.#records[at]?.show(documents.map((text) => records.read(text, now(), documentsOf)));
      }
      const collections = await cloud.collections();
      const others = collections.filter(
        ({ name }) => !app.records.some(({ collection }) => collection === name),
      );
      await this.#collections.show(others);
      this.#tell(isDown ? copy.stale : undefined);
    } catch {
      this.#tell(copy.stale);
    }
  }

  #tell(text: string | undefined): void {
    this.#notice.hidden = text === undefined;
    this.#notice.textContent = text ?? '';
  }

  #header(): HTMLElement {
    const { app, copy, language } = this.context;
    return h(
      'header',
      { class: 'header' },
      h(
        'div',
        { class: 'header__row' },
        h('h1', {}, app.title[language]),
        choice({
          label: copy.language,
          quiet: true,
          options: [
            ['zh', '中文'],
            ['en', 'EN'],
          ],
          chosen: language,
          choose: (chosen) => {
            preferences.language = chosen;
            this.actions.languageChosen();
          },
        }),
        choice({
          label: copy.theme,
          quiet: true,
          options: [
            ['system', copy.themes.system],
            ['light', copy.themes.light],
            ['dark', copy.themes.dark],
          ],
          chosen: preferences.themeChoice,
          choose: (chosen) => {
            preferences.themeChoice = chosen;
            this.actions.themeChosen();
          },
        }),
      ),
      ...app.introduction[language].map((line) => h('p', {}, line)),
    );
  }
}
