import type { PropertyDefinition } from '../glass-easel/common-properties';
import type { BuiltInElement } from './element';

/** One of WeChat's own elements. Every part is optional: `<view>` needs none. */
export interface BuiltIn {
  properties?: Record<string, PropertyDefinition>;
  /** Once, when the element is made. */
  create?(element: BuiltInElement): void;
  /** When it comes onto the page, and when it goes. */
  attach?(element: BuiltInElement): void;
  detach?(element: BuiltInElement): void;
  /** After every change of a property. */
  update?(element: BuiltInElement): void;
  /** What a tap does by itself, after the page's own handlers. */
  tap?(element: BuiltInElement): void;
}
