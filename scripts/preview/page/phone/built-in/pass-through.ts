import type { BuiltIn } from './built-in';

/** What only holds other elements here; its own effect is WeChat's. */
export const PASSING = [
  'double-tap-gesture-handler', 'force-press-gesture-handler', 'grid-builder', 'grid-view',
  'horizontal-drag-gesture-handler', 'keyboard-accessory', 'list-builder', 'list-view',
  'long-press-gesture-handler', 'match-media', 'navigation-bar', 'nested-scroll-body', 'nested-scroll-header',
  'open-container', 'page-meta', 'pan-gesture-handler', 'root-portal', 'scale-gesture-handler', 'selection',
  'share-element', 'snapshot', 'span', 'sticky-header', 'sticky-section', 'tap-gesture-handler',
  'vertical-drag-gesture-handler',
] as const; // prettier-ignore

export const passThrough: BuiltIn = {};
