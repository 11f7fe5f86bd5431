/** Tells a page that it was scrolled, and once each time that its end comes near. */
export function followScrolling(
  scroller: HTMLElement,
  reachBottomPx: number,
  call: (name: 'onPageScroll' | 'onReachBottom', ...args: object[]) => void,
): void {
  let wasNear = false;
  scroller.addEventListener('scroll', () => {
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    call('onPageScroll', { scrollTop });
    const isNear = scrollHeight - clientHeight - scrollTop <= reachBottomPx;
    if (isNear && !wasNear) call('onReachBottom');
    wasNear = isNear;
  });
}
