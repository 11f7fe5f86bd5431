/** What `wx.chooseImage` and `wx.chooseMedia` open: sample pictures, or files of the computer. */
import { h } from '../../shared/dom';
import type { TempFile } from '../state/temp-files';
import type { Copy } from './copy';
import { pickFiles } from './pick-files';
import { openSheet, sheetButton } from './sheet';

const COLOURS: readonly [sky: string, sun: string, hill: string][] = [
  ['#8fd3c8', '#ffe08a', '#3f7d6e'],
  ['#f6c6a8', '#e9695a', '#6b4a5e'],
  ['#a9c7f2', '#ffffff', '#4a6fa5'],
  ['#d9d2f0', '#f7b7d2', '#7a68ae'],
];
const SAMPLE_SIZE = { width: 640, height: 480 };

/** Those that the person chose, up to `count`; none when they cancelled. */
export async function choosePictures(
  layer: HTMLElement,
  copy: Copy,
  count: number,
  accept = 'image/*',
): Promise<TempFile[]> {
  const chosen = await openSheet<'samples' | 'album' | number>(layer, {
    label: copy.choosePicture,
    content: (close) => [
      h('p', { class: 'sheet__title' }, copy.choosePicture),
      h(
        'div',
        { class: 'sheet__pictures' },
        ...COLOURS.map((_, index) =>
          h(
            'button',
            {
              type: 'button',
              'aria-label': `${copy.samplePicture} ${String(index + 1)}`,
              click: () => {
                close(index);
              },
            },
            h('img', { src: sourceOf(sample(index)), alt: '' }),
          ),
        ),
      ),
      ...(count > 1
        ? [
            sheetButton(copy.allSamples, 'text', () => {
              close('samples');
            }),
          ]
        : []),
      sheetButton(copy.chooseFromAlbum, 'text', () => {
        close('album');
      }),
      sheetButton(copy.cancel, 'text', () => {
        close(undefined);
      }),
    ],
  });
  if (chosen === undefined) return [];
  if (chosen === 'album') return (await pickFiles(layer, accept, count > 1)).slice(0, count);
  if (chosen === 'samples') return COLOURS.slice(0, count).map((_, index) => sample(index));
  return [sample(chosen)];
}

function sample(index: number): TempFile {
  const [sky, sun, hill] = COLOURS[index] ?? ['', '', ''];
  const { width, height } = SAMPLE_SIZE;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}" viewBox="0 0 64 48"><rect width="64" height="48" fill="${sky}"/><circle cx="46" cy="13" r="6" fill="${sun}"/><path d="M0 48V34l18-14 17 13 10-7 19 13v9z" fill="${hill}"/></svg>`;
  return {
    type: 'image/svg+xml',
    content: Uint8Array.from(svg, (character) => character.charCodeAt(0)),
  };
}

function sourceOf({ type, content }: TempFile): string {
  return `data:${type};base64,${btoa(String.fromCharCode(...content))}`;
}
