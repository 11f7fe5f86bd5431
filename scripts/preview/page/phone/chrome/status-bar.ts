import { h, svg } from '../../shared/dom';
import type { Environment } from '../state/environment';
import type { Copy } from './copy';

const REFRESH_MS = 10_000;
const WIFI =
  '<svg viewBox="0 0 18 14"><path fill="currentColor" d="M9 13.5 11.3 11a3.3 3.3 0 0 0-4.6 0zM4.6 8.8l1.5 1.6a4.2 4.2 0 0 1 5.8 0l1.5-1.6a6.4 6.4 0 0 0-8.8 0zM1.5 5.6 3 7.2a8.7 8.7 0 0 1 12 0l1.5-1.6a10.9 10.9 0 0 0-15 0z"/></svg>';
const NO_WIFI =
  '<svg viewBox="0 0 18 14"><path fill="none" stroke="currentColor" stroke-width="1.5" d="M2 5.5a10.4 10.4 0 0 1 14 0M5 9a6 6 0 0 1 8 0M3 .8l12 12.6"/></svg>';
const BATTERY =
  '<svg viewBox="0 0 26 12"><rect x=".5" y=".5" width="22" height="11" rx="3" fill="none" stroke="currentColor" opacity=".5"/><rect x="2" y="2" width="15" height="8" rx="1.5" fill="currentColor"/><path d="M24 4v4c.8-.3 1.5-1.1 1.5-2S24.8 4.3 24 4z" fill="currentColor" opacity=".5"/></svg>';

/**
 * Time and network of a phone.
 *
 * @returns a function that stops the clock
 */
export function showStatusBar(bar: HTMLElement, environment: Environment, copy: Copy): () => void {
  const clock = h('span', { class: 'status-bar__time' });
  const network = h('span', { class: 'status-bar__network' });
  bar.replaceChildren(clock, network, svg(BATTERY));
  const showTime = (): void => {
    const time = new Date(environment.now());
    clock.textContent = [time.getHours(), time.getMinutes()]
      .map((part) => String(part).padStart(2, '0'))
      .join(':');
  };
  const showNetwork = (): void => {
    const { online } = environment;
    network.replaceChildren(svg(online ? WIFI : NO_WIFI));
    if (!online) network.append(h('span', { class: 'visually-hidden' }, copy.offline));
  };
  showTime();
  showNetwork();
  environment.onlineChanged.add(showNetwork);
  environment.clockChanged.add(showTime);
  const timer = setInterval(showTime, REFRESH_MS);
  return () => {
    clearInterval(timer);
  };
}
