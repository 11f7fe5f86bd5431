/** What `wx.scanCode` opens: what the camera sees, until a QR code is in it. */
import decodeQR from 'qr/decode.js';
import { h } from '../../shared/dom';
import type { Copy } from './copy';

/** What is in front of the phone; `undefined`: nothing. */
export type Camera = () => Promise<ImageData | undefined>;

const LOOK_AGAIN_MS = 300;

export interface ScanOptions {
  camera: Camera;
  /** Whether a picture may be chosen instead. */
  hasAlbum: boolean;
}

/** @returns the text in the code; `undefined` when the person gave up */
export function scanQrCode(
  layer: HTMLElement,
  copy: Copy,
  { camera, hasAlbum }: ScanOptions,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    let isOpen = true;
    const sight = h('canvas', { class: 'scan-sheet__sight', 'aria-hidden': 'true' });
    const close = (text: string | undefined): void => {
      isOpen = false;
      overlay.remove();
      resolve(text);
    };
    const button = (text: string, click: () => void): HTMLElement =>
      h('button', { type: 'button', class: 'scan-sheet__button', click }, text);
    const album = h('input', { type: 'file', accept: 'image/*', hidden: '' });
    album.addEventListener('change', () => {
      const [file] = album.files ?? [];
      if (file !== undefined) void pictureIn(file).then(look);
    });
    const overlay = h(
      'div',
      { class: 'overlay scan-sheet', role: 'dialog', 'aria-modal': 'true' },
      sight,
      h('p', { class: 'scan-sheet__hint' }, copy.scanHint),
      h(
        'div',
        { class: 'scan-sheet__buttons' },
        button(copy.cancel, () => {
          close(undefined);
        }),
        ...(hasAlbum
          ? [
              button(copy.chooseFromAlbum, () => {
                album.click();
              }),
            ]
          : []),
      ),
      album,
    );

    function look(picture: ImageData | undefined): void {
      if (!isOpen || picture === undefined) return;
      Object.assign(sight, { width: picture.width, height: picture.height });
      sight.getContext('2d')?.putImageData(picture, 0, 0);
      const text = textIn(picture);
      if (text !== undefined) close(text);
    }

    async function keepLooking(): Promise<void> {
      while (isOpen) {
        look(await camera());
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      }
    }

    layer.append(overlay);
    overlay.querySelector('button')?.focus();
    void keepLooking();
  });
}

function textIn(picture: ImageData): string | undefined {
  try {
    return decodeQR(picture);
  } catch {
    // There is none in it.
    return undefined;
  }
}

async function pictureIn(file: File): Promise<ImageData | undefined> {
  try {
    const image = await createImageBitmap(file);
    const canvas = new OffscreenCanvas(image.width, image.height);
    const pen = canvas.getContext('2d');
    pen?.drawImage(image, 0, 0);
    return pen?.getImageData(0, 0, image.width, image.height);
  } catch {
    // No picture.
    return undefined;
  }
}
