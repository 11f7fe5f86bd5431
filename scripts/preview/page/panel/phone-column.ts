import { h } from '../dom';
import type { Surroundings } from '../messages';
import { DEVICES, isPersonId, isPlatform, PEOPLE, type PhoneId } from '../../this-app/people';
import { choice } from './choice';
import { preferences } from './preferences';
import type { PanelLanguage, Texts } from './texts';

/** One phone with its controls above it. */
export class PhoneColumn {
  readonly element: HTMLElement;
  readonly #frame: HTMLIFrameElement;
  #online = true;

  constructor(
    private readonly id: PhoneId,
    private readonly language: PanelLanguage,
    texts: Texts,
    private readonly surroundings: () => Omit<Surroundings, 'online'>,
  ) {
    const model = DEVICES[id].model.replace(/<.*>$/, '');
    const title = texts.phone(id);
    this.#frame = h('iframe', { class: 'phone__screen', title: `${title}, ${model}` });
    this.element = h(
      'section',
      { class: 'phone-column', 'aria-label': title },
      h(
        'div',
        { class: 'phone-controls' },
        h('h2', { class: 'phone-controls__title' }, title, h('span', {}, model)),
        this.#platform(texts),
        this.#account(texts),
        this.#network(texts),
        h(
          'button',
          {
            type: 'button',
            class: 'button',
            title: texts.restartHint,
            click: () => {
              this.restart();
            },
          },
          texts.restart,
        ),
      ),
      h('div', { class: 'phone' }, h('div', { class: 'phone__body' }, this.#frame)),
    );
    this.restart();
  }

  /** The app is killed and opened; where it is another person's phone now, with that person's storage. */
  restart(): void {
    const { theme, clockOffsetMs } = this.surroundings();
    const query = new URLSearchParams({
      phone: this.id,
      person: preferences.personOn(this.id),
      platform: preferences.platformOf(this.id),
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

  #platform(texts: Texts): HTMLElement {
    return choice({
      label: texts.platform,
      quiet: true,
      options: [
        ['wechat', texts.platforms.wechat],
        ['qq', texts.platforms.qq],
      ],
      chosen: preferences.platformOf(this.id),
      choose: (platform) => {
        if (!isPlatform(platform)) return;
        preferences.setPlatform(this.id, platform);
        this.restart();
      },
    });
  }

  #account(texts: Texts): HTMLElement {
    return choice({
      label: texts.account,
      quiet: true,
      options: Object.entries(PEOPLE).map(([id, { name }]) => [id, name[this.language]] as const),
      chosen: preferences.personOn(this.id),
      choose: (person) => {
        if (!isPersonId(person)) return;
        preferences.setPerson(this.id, person);
        this.restart();
      },
    });
  }

  #network(texts: Texts): HTMLElement {
    const box = h('input', { type: 'checkbox' });
    box.addEventListener('change', () => {
      this.#online = !box.checked;
      this.inform();
    });
    return h('label', { class: 'toggle' }, box, h('span', {}, texts.offline));
  }
}
