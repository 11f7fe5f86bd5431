import { h } from './dom';

/** As the style sheets draw it. */
const ITEM_PX = 48;

/** One wheel of a picker: scrolled, dragged, tapped, or turned by the arrow keys. */
export class Wheel {
  readonly element: HTMLElement;
  #items: readonly string[] = [];
  #chosen = 0;

  constructor(
    label: string,
    private readonly turned: (index: number) => void,
  ) {
    this.element = h('div', { class: 'wheel', role: 'listbox', tabindex: 0, 'aria-label': label });
    this.element.addEventListener('scroll', () => {
      this.#choose(Math.round(this.element.scrollTop / ITEM_PX));
    });
    this.element.addEventListener('keydown', (event) => {
      const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (way === undefined) return;
      event.preventDefault();
      this.#turnTo(this.#chosen + way);
    });
  }

  get chosen(): number {
    return this.#chosen;
  }

  show(items: readonly string[], chosen: number): void {
    if (items.join('\n') !== this.#items.join('\n') || this.element.childElementCount === 0) {
      this.#items = items;
      this.element.replaceChildren(
        ...items.map((text, index) =>
          h(
            'div',
            {
              class: 'wheel__item',
              role: 'option',
              click: () => {
                this.#turnTo(index);
              },
            },
            text,
          ),
        ),
      );
    }
    this.#chosen = chosen;
    this.#mark();
    this.place();
  }

  /** Puts the chosen one in the middle; while the wheel is not on the screen there is none. */
  place(): void {
    this.element.scrollTop = this.#chosen * ITEM_PX;
  }

  #turnTo(index: number): void {
    this.#choose(index);
    this.place();
  }

  #choose(index: number): void {
    const chosen = Math.min(Math.max(index, 0), Math.max(0, this.#items.length - 1));
    if (chosen === this.#chosen) return;
    this.#chosen = chosen;
    this.#mark();
    this.turned(chosen);
  }

  #mark(): void {
    [...this.element.children].forEach((item, index) => {
      item.setAttribute('aria-selected', String(index === this.#chosen));
    });
  }
}
