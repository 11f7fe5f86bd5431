import { dashed } from '../../../bundle/dashed';

type ValueType = BooleanConstructor | StringConstructor | NumberConstructor;

/** A property as glass-easel declares it. */
export type PropertyDefinition =
  | ValueType
  | { type: ValueType | null; value?: unknown; reflectIdPrefix?: boolean };

/** https://developers.weixin.qq.com/miniprogram/dev/component/aria-component.html */
const ARIA = [
  'ariaRole', 'ariaLabel', 'ariaHidden', 'ariaDisabled', 'ariaChecked', 'ariaSelected', 'ariaExpanded', 'ariaHaspopup',
  'ariaRequired', 'ariaReadonly', 'ariaLive', 'ariaAtomic', 'ariaBusy', 'ariaModal', 'ariaPressed', 'ariaInvalid',
  'ariaOrientation', 'ariaValuemin', 'ariaValuemax', 'ariaValuenow', 'ariaMultiselectable', 'ariaMultiline', 'tabindex',
]; // prettier-ignore
const ARIA_IDS = ['ariaLabelledby', 'ariaDescribedby', 'ariaControls', 'ariaActivedescendant'];
const TAPPABLE_ROLES = new Set([
  'button',
  'link',
  'checkbox',
  'radio',
  'switch',
  'tab',
  'menuitem',
  'option',
]);

/** What every element takes, WeChat's own and the mini program's components. */
export const COMMON_PROPERTIES: Record<string, PropertyDefinition> = {
  hidden: Boolean,
  role: String,
  ...Object.fromEntries(ARIA.map((name) => [name, String])),
  ...Object.fromEntries(ARIA_IDS.map((name) => [name, { type: String, reflectIdPrefix: true }])),
};

/** Writes the common properties onto the element, which a component does not do by itself. */
export function writeCommonProperties(host: HTMLElement, value: (name: string) => unknown): void {
  host.toggleAttribute('hidden', value('hidden') === true);
  for (const name of ['role', ...ARIA]) {
    const text = value(name);
    if (typeof text === 'string' && text !== '') host.setAttribute(dashed(name), text);
  }
  writeRole(host);
}

export function writeRole(host: HTMLElement): void {
  const role = host.getAttribute('aria-role') ?? host.getAttribute('role');
  if (role === null || role === '') return;
  host.setAttribute('role', role);
  if (TAPPABLE_ROLES.has(role) && !host.hasAttribute('tabindex')) host.tabIndex = 0;
}
