import {
  entryFor,
  type Localized,
  type PanelLanguage,
  type PreviewApp,
} from '../../app/preview-app';
import { DEVICES, type PhoneId } from '../shared/devices';
import { h } from '../shared/dom';
import type { Surroundings } from '../shared/messages';
import { choice } from './choice';
import { preferences } from './preferences';
import type { Copy } from './copy';

/** One phone with its controls above it. */
export class PhoneColumn {
  readonly element: HTMLElement;
  readonly #frame: HTMLIFrameElement;
  #online = true;

  constructor(
    private readonly id: PhoneId,
    private readonly app: PreviewApp,
    private readonly language: PanelLanguage,
    copy: Copy,
    private readonly surroundings: () => Omit<Surroundings, 'online'>,
  ) {
    const model = DEVICES[id].model.replace(/<.*>$/, '');
    const title = copy.phone(id);
    this.#frame = h('iframe', { class: 'phone__screen', title: `${title}, ${model}` });
    this.element = h(
      'section',
      { class: 'phone-column', 'aria-label': title },
      h(
        'div',
        { class: 'phone-controls' },
        h('h2', { class: 'phone-controls__title' }, title, h('span', {}, model)),
        this.#choice(copy.provider, app.providers, this.#providerId, (provider) => {
          preferences.setProvider(id, provider);
        }),
        this.#choice(copy.account, app.people, this.#personId, (person) => {
          preferences.setPerson(id, person);
        }),
        this.#networkSwitch(copy),
        h(
          'button',
          {
            type: 'button',
            class: 'button',
            title: copy.restartHint,
            click: () => {
              this.restart();
            },
          },
          copy.restart,
        ),
      ),
      h('div', { class: 'phone' }, h('div', { class: 'phone__body' }, this.#frame)),
    );
    this.restart();
  }

  /** Kills the app and opens it, as the person and with the provider that are chosen by now. */
  restart(): void {
    const { theme, clockOffsetMs } = this.surroundings();
    const query = new URLSearchParams({
      phone: this.id,
      person: this.#personId,
      provider: this.#providerId,
      language: this.language === 'zh' ? 'zh_CN' : 'en',
      theme,
      online: String(this.#online),
      clock: String(clockOffsetMs),
    });
    // Replaced, not pushed: the browser's back button leaves the panel, not one phone.
    const { contentWindow } = this.#frame;
    const url = `phone.html?${query.toString()}`;
    if (contentWindow && this.#frame.isConnected) contentWindow.location.replace(url);
    else this.#frame.src = url;
  }

  /** Tells the phone what is around it. */
  inform(): void {
    const message: Surroundings = { ...this.surroundings(), online: this.#online };
    this.#frame.contentWindow?.postMessage(message, location.origin);
  }

  get #personId(): string {
    return entryFor(this.app.people, preferences.personOn(this.id))[0];
  }

  get #providerId(): string {
    return entryFor(this.app.providers, preferences.providerOn(this.id))[0];
  }

  #choice(
    label: string,
    choices: Readonly<Record<string, { name: Localized }>>,
    chosen: string,
    keep: (id: string) => void,
  ): HTMLElement {
    return choice({
      label,
      quiet: true,
      options: Object.entries(choices).map(([id, { name }]) => [id, name[this.language]] as const),
      chosen,
      choose: (id) => {
        keep(id);
        this.restart();
      },
    });
  }

  #networkSwitch(copy: Copy): HTMLElement {
    const box = h('input', { type: 'checkbox' });
    box.addEventListener('change', () => {
      this.#online = !box.checked;
      this.inform();
    });
    return h('label', { class: 'toggle' }, box, h('span', {}, copy.offline));
  }
}
