import { h } from '../../shared/dom';
import type { BuiltIn } from './built-in';
import type { BuiltInElement } from './element';
import { registerField } from './fields';

const PROPERTIES = {
  value: String,
  name: String,
  placeholder: String,
  placeholderStyle: String,
  placeholderClass: { type: String, value: 'input-placeholder' },
  disabled: Boolean,
  focus: Boolean,
  maxlength: { type: Number, value: 140 },
  confirmType: { type: String, value: 'done' },
  adjustPosition: { type: Boolean, value: true },
  cursorSpacing: Number,
  cursorColor: String,
} as const;

export const input: BuiltIn = {
  properties: { ...PROPERTIES, type: { type: String, value: 'text' }, password: Boolean },
  create: (element) => {
    const field = h('input', { class: 'text-field__control', autocomplete: 'off' });
    field.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') element.emit('confirm', { value: field.value });
    });
    field.addEventListener('blur', () => {
      // WeChat looks at the text here; everything passes in the preview.
      if (element.text('type') === 'nickname')
        element.emit('nicknamereview', { pass: true, timeout: false });
    });
    setUp(element, field);
  },
  update: (element) => {
    const field = controlOf(element);
    if (!(field instanceof HTMLInputElement)) return;
    const type = element.text('type');
    field.type = element.flag('password') || type === 'safe-password' ? 'password' : 'text';
    field.inputMode = { number: 'numeric', digit: 'decimal', idcard: 'numeric' }[type] ?? 'text';
    refresh(element, field);
  },
};

export const textarea: BuiltIn = {
  properties: {
    ...PROPERTIES,
    autoHeight: Boolean,
    showConfirmBar: { type: Boolean, value: true },
  },
  create: (element) => {
    setUp(element, h('textarea', { class: 'text-field__control', rows: 1 }));
  },
  update: (element) => {
    const field = controlOf(element);
    if (!(field instanceof HTMLTextAreaElement)) return;
    refresh(element, field);
    if (!element.flag('autoHeight')) return;
    field.style.height = 'auto';
    field.style.height = `${String(field.scrollHeight)}px`;
  },
};

type Control = HTMLInputElement | HTMLTextAreaElement;

const controls = new WeakMap<HTMLElement, Control>();

function controlOf({ host }: BuiltInElement): Control | undefined {
  return controls.get(host);
}

function setUp(element: BuiltInElement, field: Control): void {
  controls.set(element.host, field);
  element.host.append(h('div', { class: 'text-field__placeholder', 'aria-hidden': 'true' }), field);
  field.addEventListener('input', () => {
    element.set({ value: field.value });
    element.emit('input', {
      value: field.value,
      cursor: field.selectionStart ?? field.value.length,
    });
  });
  field.addEventListener('focus', () => {
    element.emit('focus', { value: field.value });
  });
  field.addEventListener('blur', () => {
    element.emit('blur', { value: field.value });
  });
  registerField(element, {
    value: () => field.value,
    reset: () => {
      element.set({ value: '' });
    },
    focus: () => {
      field.focus();
    },
  });
}

function refresh(element: BuiltInElement, field: Control): void {
  const value = element.text('value');
  if (field.value !== value) field.value = value;
  field.disabled = element.flag('disabled');
  const limit = element.number('maxlength');
  if (limit >= 0) field.maxLength = limit;
  else field.removeAttribute('maxlength');
  for (const { name, value: text } of element.host.attributes) {
    if (name.startsWith('aria-') && name !== 'aria-hidden') field.setAttribute(name, text);
  }
  if (!element.host.hasAttribute('aria-label'))
    field.setAttribute('aria-label', element.text('placeholder'));
  showPlaceholder(element, value === '');
  if (element.flag('focus') && document.activeElement !== field) field.focus();
}

/** WeChat draws the placeholder as text of its own, with a class from the page's style sheet. */
function showPlaceholder(element: BuiltInElement, visible: boolean): void {
  const placeholder = element.host.querySelector('.text-field__placeholder');
  if (!(placeholder instanceof HTMLElement)) return;
  placeholder.hidden = !visible;
  placeholder.textContent = element.text('placeholder');
  placeholder.className = `text-field__placeholder ${element
    .text('placeholderClass')
    .split(/\s+/)
    // The default one is WeChat's own, and belongs to no component.
    .flatMap((name) => [name, element.scopedClass(name)])
    .join(' ')}`;
  placeholder.setAttribute('style', element.text('placeholderStyle'));
}
