import { h } from '../../shared/dom';
import type { BuiltIn } from './built-in';

/** WeChat's elements that a browser cannot stand in for: a box that says which one it is. */
export const DRAWN_AS_BOXES = [
  'ad', 'ad-custom', 'audio', 'camera', 'canvas', 'channel-live', 'channel-video', 'editor',
  'functional-page-navigator', 'live-player', 'live-pusher', 'map', 'official-account',
  'official-account-publish', 'store-coupon', 'store-gift', 'store-home', 'store-product', 'video', 'voip-room',
  'web-view',
] as const; // prettier-ignore

export const placeholder = (tag: string, notDrawn: (tag: string) => string): BuiltIn => ({
  properties: { src: String },
  create: ({ host }) => {
    host.dataset['placeholder'] = '';
    host.append(h('span', { class: 'placeholder__text', title: notDrawn(tag) }, `<${tag}>`));
  },
});
