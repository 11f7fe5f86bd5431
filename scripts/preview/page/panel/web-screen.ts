import { h } from '../shared/dom';
import type { Copy } from './copy';
import { preferences } from './preferences';

type Drawing = SVGElement | HTMLImageElement | HTMLCanvasElement;

/** A browser window with the page of a web site. What a phone's camera sees is what it shows. */
export class WebScreen {
  readonly element: HTMLElement;
  readonly #frame: HTMLIFrameElement;
  readonly #toggle: HTMLButtonElement;

  constructor(private readonly copy: Copy) {
    this.#frame = h('iframe', { class: 'web-screen__page', title: copy.webPage });
    this.#toggle = h('button', {
      type: 'button',
      class: 'button',
      click: () => {
        preferences.showsWebPage = !preferences.showsWebPage;
        this.#show();
      },
    });
    this.element = h(
      'section',
      { class: 'block web-screen' },
      h('div', { class: 'web-screen__bar' }, h('h2', {}, copy.webPage), this.#toggle),
      this.#frame,
    );
    this.#show();
  }

  restart(): void {
    if (preferences.showsWebPage) this.#frame.contentWindow?.location.reload();
  }

  /** As it is drawn, pixel by pixel; `undefined` while nothing is in sight. */
  async picture(): Promise<ImageData | undefined> {
    const page = this.#frame.contentDocument;
    const { clientWidth: width, clientHeight: height } = this.#frame;
    if (page === null || width === 0 || height === 0) return undefined;
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width, height });
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    if (pen === null) return undefined;
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, width, height);
    for (const drawing of page.querySelectorAll<Drawing>('svg, img, canvas')) {
      const { x, y, width: wide, height: high } = drawing.getBoundingClientRect();
      if (wide === 0 || high === 0) continue;
      const image = 'src' in drawing || 'getContext' in drawing ? drawing : undefined;
      pen.drawImage(image ?? (await drawn(drawing as SVGElement, wide, high)), x, y, wide, high);
    }
    return pen.getImageData(0, 0, width, height);
  }

  #show(): void {
    const isShown = preferences.showsWebPage;
    this.#toggle.textContent = isShown ? this.copy.hideWebPage : this.copy.showWebPage;
    this.#toggle.setAttribute('aria-expanded', String(isShown));
    this.#frame.hidden = !isShown;
    const source = isShown ? 'web/' : 'about:blank';
    if (this.#frame.getAttribute('src') !== source) this.#frame.src = source;
  }
}

async function drawn(
  drawing: SVGElement,
  width: number,
  height: number,
): Promise<CanvasImageSource> {
  const copy = drawing.cloneNode(true) as SVGElement;
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return image;
}
