import { followDrags } from '../../shared/drag';
import { h } from '../../shared/dom';

/** How far a finger pulls until letting go refreshes; as high as the dots. */
const HEIGHT_PX = 50;
/** The page follows a finger at this share of its way. */
const SHARE = 0.5;

/** The three dots above a page, and the pull that brings them. */
export class PullDown {
  readonly dots = h(
    'div',
    { class: 'pull-down', 'aria-hidden': 'true' },
    h('i', {}),
    h('i', {}),
    h('i', {}),
  );
  #refreshing = false;

  /** @param refresh the page is asked to */
  constructor(
    private readonly scroller: HTMLElement,
    private readonly refresh: () => void,
  ) {}

  /** Lets the person pull. */
  allow(): void {
    let pulled = 0;
    followDrags(this.scroller, {
      start: () => {
        pulled = 0;
        return this.scroller.scrollTop <= 0 && !this.#refreshing;
      },
      move: ({ dx, dy }) => {
        const pulls = pulled > 0 || (dy > 0 && dy > Math.abs(dx) && this.scroller.scrollTop <= 0);
        if (!pulls) return false;
        pulled = Math.max(0, dy * SHARE);
        this.#place(pulled, false);
        return true;
      },
      end: () => {
        if (pulled >= HEIGHT_PX) this.start();
        else if (pulled > 0) this.#place(0, true);
        pulled = 0;
      },
    });
  }

  start(): void {
    if (this.#refreshing) return;
    this.#refreshing = true;
    this.dots.dataset['refreshing'] = '';
    this.#place(HEIGHT_PX, true);
    this.refresh();
  }

  stop(): void {
    this.#refreshing = false;
    delete this.dots.dataset['refreshing'];
    this.#place(0, true);
  }

  #place(offset: number, smooth: boolean): void {
    const { style } = this.scroller;
    style.transition = smooth ? 'transform 0.2s' : '';
    // Without one in place, what is fixed to the page stays fixed to its frame.
    style.transform = offset === 0 ? '' : `translateY(${String(offset)}px)`;
  }
}
