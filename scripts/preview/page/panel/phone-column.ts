import {
  entryFor,
  type Localized,
  type PanelLanguage,
  type Person,
  type PreviewApp,
} from '../../app/preview-app';
import type { Build } from '../../bundle/build';
import { DEVICES, type PhoneId } from '../shared/devices';
import { h } from '../shared/dom';
import {
  isPhoneNumberAnswer,
  PHONE_NUMBER_ANSWERS,
  type Offer,
  type Sight,
  type Surroundings,
} from '../shared/messages';
import { choice } from './choice';
import { preferences } from './preferences';
import type { Copy } from './copy';

export interface PhoneSetting {
  app: PreviewApp;
  language: PanelLanguage;
  copy: Copy;
  /** Whether the mini program does. */
  asksForPhoneNumbers: boolean;
  /** What is the same for both phones. */
  surroundings: () => Pick<Surroundings, 'theme' | 'clockOffsetMs'>;
}

/** One phone with its controls above it. */
export class PhoneColumn {
  readonly element: HTMLElement;
  readonly #frame: HTMLIFrameElement;
  readonly #number = h('output', { class: 'phone-controls__digits' });
  #online = true;

  constructor(
    private readonly id: PhoneId,
    private readonly setting: PhoneSetting,
  ) {
    const { app, copy } = setting;
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
        ...(Object.keys(app.providers).length > 1
          ? [
              this.#choice(copy.provider, app.providers, this.#providerId, (provider) => {
                preferences.setProvider(id, provider);
              }),
            ]
          : []),
        this.#choice(copy.account, app.people, this.#person.id, (person) => {
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
        ...(setting.asksForPhoneNumbers ? [this.#numberControl(copy)] : []),
      ),
      h('div', { class: 'phone' }, h('div', { class: 'phone__body' }, this.#frame)),
    );
    this.restart();
  }

  /** In pixels, when nothing wraps. */
  get controlsHeight(): number {
    return this.setting.asksForPhoneNumbers ? 104 : 68;
  }

  /** Kills the app and opens it, as the person and with the provider that are chosen by now. */
  restart(): void {
    const { theme, clockOffsetMs } = this.setting.surroundings();
    const query = new URLSearchParams({
      phone: this.id,
      person: this.#person.id,
      provider: this.#providerId,
      language: this.setting.language === 'zh' ? 'zh_CN' : 'en',
      theme,
      online: String(this.#online),
      number: preferences.phoneNumberAnswerOn(this.id),
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
    const message: Surroundings = {
      ...this.setting.surroundings(),
      online: this.#online,
      phoneNumberAnswer: preferences.phoneNumberAnswerOn(this.id),
    };
    this.#frame.contentWindow?.postMessage(message, location.origin);
  }

  /** Tells it which mini program there is to show. */
  offer(build: Build): void {
    this.#frame.contentWindow?.postMessage({ build } satisfies Offer, location.origin);
  }

  /** Shows its camera what is in front of it. */
  show(sight: Sight): void {
    this.#frame.contentWindow?.postMessage(sight, location.origin);
  }

  get #person(): Person & { id: string } {
    const [id, person] = entryFor(this.setting.app.people, preferences.personOn(this.id));
    return { ...person, id };
  }

  get #providerId(): string {
    return entryFor(this.setting.app.providers, preferences.providerOn(this.id))[0];
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
      options: Object.entries(choices).map(
        ([id, { name }]) => [id, name[this.setting.language]] as const,
      ),
      chosen,
      choose: (id) => {
        keep(id);
        this.#showNumber();
        this.restart();
      },
    });
  }

  /** The person's own number, and what comes of asking for it. */
  #numberControl(copy: Copy): HTMLElement {
    const chosen = preferences.phoneNumberAnswerOn(this.id);
    const select = h(
      'select',
      { class: 'select', 'aria-label': copy.phoneNumber },
      ...PHONE_NUMBER_ANSWERS.map((answer) =>
        h(
          'option',
          { value: answer, selected: answer === chosen },
          copy.phoneNumberAnswers[answer],
        ),
      ),
    );
    select.addEventListener('change', () => {
      if (!isPhoneNumberAnswer(select.value)) return;
      preferences.setPhoneNumberAnswer(this.id, select.value);
      this.inform();
    });
    this.#showNumber();
    return h(
      'label',
      { class: 'phone-controls__number' },
      h('span', { class: 'phone-controls__label' }, copy.phoneNumber),
      this.#number,
      select,
    );
  }

  #showNumber(): void {
    const [own = ''] = this.#person.phoneNumbers;
    this.#number.textContent = own;
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
