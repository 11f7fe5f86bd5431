import { followDrags } from '../../shared/drag';
import { h } from '../../shared/dom';
import { toBrowserUnits } from '../../../bundle/units';
import type { BuiltIn } from './built-in';
import type { BuiltInElement } from './element';

type Source = '' | 'autoplay' | 'touch';

/** A drag over less than this share of a slide, or slower than a flick, goes back. */
const SHARE = 0.5;
const FLICK_PX_PER_MS = 0.3;
/** Which way a drag goes is not known before it. */
const SLOP_PX = 5;

/** One swiper on a page: which of its items is in front, and what moves it. */
class Swiper {
  readonly #dots = h('div', { class: 'swiper__dots', 'aria-hidden': 'true' });
  readonly #items: MutationObserver;
  #current = 0;
  /** The `current` of the page that was followed last. */
  #asked: number | undefined;
  /** How far a finger has moved the slides, in slides. */
  #dragged = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly element: BuiltInElement) {
    const { host } = element;
    host.append(this.#dots);
    this.#items = new MutationObserver(() => {
      this.update();
    });
    this.#follow();
  }

  attach(): void {
    this.#items.observe(this.element.host, { childList: true });
    this.update();
  }

  detach(): void {
    clearInterval(this.#timer);
    this.#items.disconnect();
  }

  update(): void {
    const asked = this.element.number('current');
    if (asked !== this.#asked) {
      const isFirst = this.#asked === undefined;
      this.#asked = asked;
      if (isFirst) this.#current = Math.max(0, asked);
      else this.#go(asked, '');
    }
    this.#place(true);
    this.#keepTime();
  }

  get #slides(): HTMLElement[] {
    return [...this.element.host.children].filter(
      (child): child is HTMLElement => child.localName === 'wx-swiper-item',
    );
  }

  get #isVertical(): boolean {
    return this.element.flag('vertical');
  }

  #go(index: number, source: Source): void {
    const count = this.#slides.length;
    if (count === 0) return;
    const wrapped = this.element.flag('circular') ? (index + count) % count : index;
    const current = Math.min(Math.max(wrapped, 0), count - 1);
    const changed = current !== this.#current;
    this.#current = current;
    this.#place(true);
    if (!changed) return;
    if (source !== '') {
      this.#asked = current;
      this.element.set({ current });
    }
    const detail = { current, currentItemId: this.#itemId(current), source };
    // Later: the page may be in the middle of setting its data.
    queueMicrotask(() => {
      this.element.emit('change', detail);
    });
    setTimeout(() => {
      this.element.emit('animationfinish', detail);
    }, this.element.number('duration'));
  }

  #itemId(index: number): string {
    return this.#slides[index]?.getAttribute('item-id') ?? '';
  }

  #place(smooth: boolean): void {
    const { element } = this;
    const slides = this.#slides;
    const count = slides.length;
    const shown = Math.max(1, element.number('displayMultipleItems'));
    this.#current = Math.min(this.#current, Math.max(0, count - 1));
    const before = toBrowserUnits(element.text('previousMargin') || '0px');
    const after = toBrowserUnits(element.text('nextMargin') || '0px');
    const size = `calc((100% - ${before} - ${after}) / ${String(shown)})`;
    slides.forEach((slide, index) => {
      const offset = this.#offsetOf(index, count) + this.#dragged;
      const { style } = slide;
      const wasAt = Number(slide.dataset['at'] ?? offset);
      slide.dataset['at'] = String(offset);
      style.width = this.#isVertical ? '100%' : size;
      style.height = this.#isVertical ? size : '100%';
      style.left = this.#isVertical ? '0' : before;
      style.top = this.#isVertical ? before : '0';
      // A slide that comes round from the other end does not cross the screen.
      const moves =
        smooth && this.#dragged === 0 && Math.abs(offset - wasAt) < Math.max(2, count - 1);
      style.transition = moves ? `transform ${element.text('duration')}ms ease` : 'none';
      const way = `${String(offset * 100)}%`;
      style.transform = this.#isVertical ? `translate(0,${way})` : `translate(${way},0)`;
      slide.toggleAttribute('inert', Math.round(offset) < 0 || Math.round(offset) >= shown);
    });
    this.#showDots(count);
  }

  /** Where a slide is, in slides after the first one on the screen. */
  #offsetOf(index: number, count: number): number {
    const plain = index - this.#current;
    if (!this.element.flag('circular') || count < 3) return plain;
    const half = Math.floor((count - 1) / 2);
    return ((((plain + half) % count) + count) % count) - half;
  }

  #showDots(count: number): void {
    const { element } = this;
    this.#dots.hidden = !element.flag('indicatorDots');
    this.#dots.classList.toggle('swiper__dots--vertical', this.#isVertical);
    this.#dots.replaceChildren(
      ...Array.from({ length: count }, (_, index) => {
        const color = index === this.#current ? 'indicatorActiveColor' : 'indicatorColor';
        const dot = h('i', { class: 'swiper__dot' });
        if (index === this.#current) dot.dataset['active'] = '';
        dot.style.background = element.text(color);
        return dot;
      }),
    );
  }

  #keepTime(): void {
    clearInterval(this.#timer);
    if (!this.element.flag('autoplay') || !this.element.host.isConnected) return;
    this.#timer = setInterval(() => {
      const isLast = this.#current >= this.#slides.length - 1;
      this.#go(isLast ? 0 : this.#current + 1, 'autoplay');
    }, this.element.number('interval'));
  }

  #follow(): void {
    const { host } = this.element;
    let begunAt = 0;
    let takes: boolean | undefined;
    followDrags(host, {
      start: ({ at }) => {
        begunAt = at;
        takes = undefined;
        clearInterval(this.#timer);
        return this.#slides.length > 1;
      },
      move: ({ dx, dy }) => {
        const [along, across] = this.#isVertical ? [dy, dx] : [dx, dy];
        if (takes === undefined && Math.max(Math.abs(along), Math.abs(across)) < SLOP_PX)
          return false;
        takes ??= Math.abs(along) > Math.abs(across);
        if (!takes) return false;
        this.#dragged = along / this.#length;
        this.#place(false);
        this.element.emit('transition', {
          dx: this.#isVertical ? 0 : -dx,
          dy: this.#isVertical ? -dy : 0,
        });
        return true;
      },
      end: ({ dx, dy, at }) => {
        const along = this.#isVertical ? dy : dx;
        const isFlick = Math.abs(along) / Math.max(1, at - begunAt) > FLICK_PX_PER_MS;
        const turns = takes === true && (isFlick || Math.abs(along) / this.#length > SHARE);
        this.#dragged = 0;
        this.#go(this.#current + (turns ? -Math.sign(along) : 0), 'touch');
        this.#keepTime();
      },
    });
  }

  get #length(): number {
    const { host } = this.element;
    return (this.#isVertical ? host.clientHeight : host.clientWidth) || 1;
  }
}

const swipers = new WeakMap<BuiltInElement, Swiper>();

/** https://developers.weixin.qq.com/miniprogram/dev/component/swiper.html */
export const swiper: BuiltIn = {
  properties: {
    indicatorDots: Boolean,
    indicatorColor: { type: String, value: 'rgba(0, 0, 0, .3)' },
    indicatorActiveColor: { type: String, value: '#000000' },
    autoplay: Boolean,
    current: Number,
    interval: { type: Number, value: 5000 },
    duration: { type: Number, value: 500 },
    circular: Boolean,
    vertical: Boolean,
    previousMargin: String,
    nextMargin: String,
    displayMultipleItems: { type: Number, value: 1 },
    easingFunction: { type: String, value: 'default' },
  },
  create: (element) => {
    swipers.set(element, new Swiper(element));
  },
  attach: (element) => {
    swipers.get(element)?.attach();
  },
  detach: (element) => {
    swipers.get(element)?.detach();
  },
  update: (element) => {
    swipers.get(element)?.update();
  },
};

export const swiperItem: BuiltIn = {
  properties: { itemId: String, skipHiddenItemLayout: Boolean },
};
