import { pathFromRoot } from '../../../../miniprogram-files/path-from-root';
import { h } from '../../shared/dom';
import type { BuiltIn } from './built-in';
import type { BuiltInElement } from './element';

const FIT: Record<string, string> = {
  scaleToFill: 'fill',
  aspectFit: 'contain',
  aspectFill: 'cover',
  widthFix: 'fill',
  heightFix: 'fill',
};

/** Where the browser finds a temporary file or a file id; `undefined` for any other source. */
export type ImageSource = (source: string) => string | undefined;

export const image = (sourceOf: ImageSource): BuiltIn => ({
  properties: {
    src: String,
    mode: { type: String, value: 'scaleToFill' },
    lazyLoad: Boolean,
    showMenuByLongpress: Boolean,
  },
  create: (element) => {
    const picture = h('img', { alt: '', draggable: 'false' });
    picture.addEventListener('load', () => {
      element.emit('load', { width: picture.naturalWidth, height: picture.naturalHeight });
    });
    picture.addEventListener('error', () => {
      element.emit('error', { errMsg: `GET ${picture.src} 404 (Not Found)` });
    });
    element.host.append(picture);
  },
  update: (element) => {
    const picture = element.host.querySelector('img');
    if (picture === null) return;
    const source = browserSource(element, sourceOf);
    if (source !== '' && picture.getAttribute('src') !== source) picture.src = source;
    picture.alt = element.host.getAttribute('aria-label') ?? '';
    picture.style.objectFit = FIT[element.text('mode')] ?? 'none';
  },
});

/**
 * Files of the mini program are served below `miniprogram/`; a relative path starts at the page.
 */
function browserSource(element: BuiltInElement, sourceOf: ImageSource): string {
  const source = element.text('src');
  const elsewhere = sourceOf(source);
  if (elsewhere !== undefined) return elsewhere;
  if (source === '' || /^(https?:|data:|blob:)/.test(source)) return source;
  return `miniprogram/${pathFromRoot(source, element.ownerPath)}`;
}
