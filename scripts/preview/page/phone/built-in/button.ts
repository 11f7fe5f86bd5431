import type { BuiltIn } from './built-in';
import { resetForm, submitForm } from './form';

export const button: BuiltIn = {
  properties: {
    size: { type: String, value: 'default' },
    type: { type: String, value: 'default' },
    plain: Boolean,
    disabled: Boolean,
    loading: Boolean,
    formType: String,
    openType: String,
    hoverClass: { type: String, value: 'button-hover' },
    hoverStartTime: { type: Number, value: 20 },
    hoverStayTime: { type: Number, value: 70 },
    hoverStopPropagation: Boolean,
  },
  create: ({ host }) => {
    host.setAttribute('role', 'button');
    host.tabIndex = 0;
  },
  update: (element) => {
    const disabled = element.flag('disabled');
    element.host.tabIndex = disabled ? -1 : 0;
    if (disabled) element.host.setAttribute('aria-disabled', 'true');
    else element.host.removeAttribute('aria-disabled');
  },
  tap: (element) => {
    if (element.text('formType') === 'submit') submitForm(element);
    if (element.text('formType') === 'reset') resetForm(element);
  },
};
