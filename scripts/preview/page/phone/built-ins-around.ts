import type { Element as WxElement, GeneralComponent } from 'glass-easel';
import type { FindBuiltIn, PlacedBuiltIn } from './built-in/define';
import type { PhoneBackend } from './glass-easel/backend';

export interface ElementContext {
  backend: PhoneBackend;
  findBuiltIn: FindBuiltIn;
}

/** WeChat's own elements around what was touched, the innermost first. */
export function builtInsAround(
  target: EventTarget | null,
  { backend, findBuiltIn }: ElementContext,
): PlacedBuiltIn[] {
  const found: PlacedBuiltIn[] = [];
  for (let at = target instanceof Element ? target : null; at !== null; at = at.parentElement) {
    const node = backend.nodeAt(at);
    const placed = isComponent(node) ? findBuiltIn(node) : undefined;
    if (placed?.element.host === at) found.push(placed);
  }
  return found;
}

function isComponent(node: WxElement | undefined): node is GeneralComponent {
  return Boolean(node?.asGeneralComponent());
}
