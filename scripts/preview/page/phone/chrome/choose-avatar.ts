/**
 * What `<button open-type="chooseAvatar">` opens: the WeChat avatar, or a picture from the album.
 */
import { showActionSheet } from './action-sheet';
import type { Copy } from './copy';
import { pickFiles } from './pick-files';
import type { TempFile } from '../state/temp-files';

/** `undefined` when the person chose none. */
export async function chooseAvatar(layer: HTMLElement, copy: Copy): Promise<TempFile | undefined> {
  const chosen = await showActionSheet(
    layer,
    [copy.useWechatAvatar, copy.chooseFromAlbum],
    copy.cancel,
  );
  if (chosen === 0) return wechatAvatar();
  return chosen === 1 ? (await pickFiles(layer, 'image/*', false))[0] : undefined;
}

/** Stands for the picture that a person has in WeChat. */
function wechatAvatar(): TempFile {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="#8fd3c8"/><circle cx="70" cy="24" r="12" fill="#ffe08a"/><path d="M0 96V70l28-26 26 24 16-14 26 22v20z" fill="#3f7d6e"/></svg>`;
  return {
    type: 'image/svg+xml',
    content: Uint8Array.from(svg, (character) => character.charCodeAt(0)),
  };
}
