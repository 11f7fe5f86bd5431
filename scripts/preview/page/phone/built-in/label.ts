import { hostElementOf } from '../glass-easel/backend';
import type { BuiltIn } from './built-in';
import { fieldAt } from './fields';

const CONTROLS = 'wx-checkbox, wx-radio, wx-switch, wx-input, wx-textarea, wx-button';

/** A tap on a label is a tap on the control it names with `for`, or on the first one inside. */
export const label: BuiltIn = {
  properties: { for: String },
  tap: (element) => {
    const id = element.text('for');
    const named = id === '' ? undefined : element.component.ownerShadowRoot?.getElementById(id);
    const control = named ? hostElementOf(named) : element.host.querySelector(CONTROLS);
    if (!(control instanceof HTMLElement)) return;
    const field = fieldAt(control);
    if (field?.focus) field.focus();
    else control.click();
  },
};
