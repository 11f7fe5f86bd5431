import type { BuiltIn } from './built-in';
import type { BuiltInElement } from './element';
import { resetForm, submitForm } from './form';

/** What a button does by its `open-type`. Nobody hears of a rejection, as in WeChat. */
export type OpenTypes = Readonly<Record<string, (element: BuiltInElement) => Promise<void>>>;

export const button = (openTypes: OpenTypes): BuiltIn => ({
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
    open(element, openTypes);
  },
});

function open(element: BuiltInElement, openTypes: OpenTypes): void {
  const openType = element.text('openType');
  if (openType === '') return;
  const run = Object.hasOwn(openTypes, openType) ? openTypes[openType] : undefined;
  if (run !== undefined) {
    void run(element);
    return;
  }
  element.errors.report(
    element.ownerPath,
    new Error(`<button open-type="${openType}"> is not part of the preview`),
  );
}
