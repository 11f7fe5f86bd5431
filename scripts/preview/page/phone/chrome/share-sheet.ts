import { h } from '../../shared/dom';
import type { Copy } from './copy';
import { openSheet, sheetButton } from './sheet';

/** What a friend would see. */
export interface ShareCard {
  title: string;
  path: string;
  /** For the browser; `undefined`: WeChat takes a picture of the page. */
  imageUrl: string | undefined;
}

/** @returns whether the person sends it */
export async function showShareCard(
  layer: HTMLElement,
  copy: Copy,
  { title, path, imageUrl }: ShareCard,
): Promise<boolean> {
  const sent = await openSheet<boolean>(layer, {
    label: copy.share,
    content: (close) => [
      h('p', { class: 'sheet__title' }, copy.share),
      h(
        'div',
        { class: 'share-card' },
        h('p', { class: 'share-card__title' }, title),
        ...(imageUrl === undefined ? [] : [h('img', { src: imageUrl, alt: '' })]),
        h('p', { class: 'share-card__path' }, path),
      ),
      h(
        'div',
        { class: 'sheet__buttons' },
        sheetButton(copy.cancel, 'quiet', () => {
          close(false);
        }),
        sheetButton(copy.send, 'main', () => {
          close(true);
        }),
      ),
    ],
  });
  return sent === true;
}
