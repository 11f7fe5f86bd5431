import { h } from '../../shared/dom';
import type { Copy } from './copy';

/**
 * What `wx.previewImage` opens. A tap or Escape closes it; arrows, a swipe and a drag turn over.
 *
 * @param sources for the browser
 */
export function viewPictures(
  layer: HTMLElement,
  copy: Copy,
  sources: readonly string[],
  first: number,
): void {
  let at = Math.max(first, 0);
  let pressedX: number | undefined;
  const picture = h('img', { alt: '', draggable: 'false' });
  const count = h('p', { class: 'picture-viewer__count', 'aria-live': 'polite' });
  const show = (index: number): void => {
    at = Math.min(Math.max(index, 0), sources.length - 1);
    picture.src = sources[at] ?? '';
    count.textContent = sources.length > 1 ? `${String(at + 1)}/${String(sources.length)}` : '';
  };
  const viewer = h(
    'div',
    {
      class: 'overlay picture-viewer',
      role: 'dialog',
      'aria-modal': 'true',
      'aria-label': copy.picture,
      tabindex: -1,
    },
    count,
    picture,
  );
  viewer.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' || key === 'Enter') viewer.remove();
    else if (key === 'ArrowLeft') show(at - 1);
    else if (key === 'ArrowRight') show(at + 1);
  });
  viewer.addEventListener('pointerdown', ({ clientX }) => {
    pressedX = clientX;
  });
  viewer.addEventListener('click', ({ clientX }) => {
    const moved = clientX - (pressedX ?? clientX);
    if (Math.abs(moved) < MOVED_PX) viewer.remove();
    else show(at + (moved < 0 ? 1 : -1));
  });
  show(at);
  layer.append(viewer);
  viewer.focus();
}

const MOVED_PX = 30;
