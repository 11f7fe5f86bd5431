import { h } from '../../shared/dom';
import type { BuiltIn } from './built-in';
import type { BuiltInElement } from './element';
import { registerField } from './fields';

const elements = new WeakMap<Element, BuiltInElement>();

const CHOICE = { value: String, checked: Boolean, disabled: Boolean, color: String };

export const checkbox: BuiltIn = {
  properties: CHOICE,
  create: (element) => {
    become(element, 'checkbox');
  },
  update: showState,
  tap: (element) => {
    element.set({ checked: !element.flag('checked') });
    const group = groupAround(element, 'wx-checkbox-group');
    group?.emit('change', { value: checkedValues(group, 'wx-checkbox') });
  },
};

export const checkboxGroup: BuiltIn = {
  properties: { name: String },
  create: (element) => {
    elements.set(element.host, element);
    registerField(element, {
      value: () => checkedValues(element, 'wx-checkbox'),
      reset: () => {
        uncheckAll(element, 'wx-checkbox');
      },
    });
  },
};

export const radio: BuiltIn = {
  properties: CHOICE,
  create: (element) => {
    become(element, 'radio');
  },
  update: showState,
  tap: (element) => {
    if (element.flag('checked')) return;
    const group = groupAround(element, 'wx-radio-group');
    if (group) uncheckAll(group, 'wx-radio');
    element.set({ checked: true });
    group?.emit('change', { value: element.text('value') });
  },
};

export const radioGroup: BuiltIn = {
  properties: { name: String },
  create: (element) => {
    elements.set(element.host, element);
    element.host.setAttribute('role', 'radiogroup');
    registerField(element, {
      value: () => checkedValues(element, 'wx-radio')[0] ?? '',
      reset: () => {
        uncheckAll(element, 'wx-radio');
      },
    });
  },
};

export const toggle: BuiltIn = {
  properties: { ...CHOICE, name: String, type: { type: String, value: 'switch' } },
  create: (element) => {
    become(element, 'switch');
    registerField(element, {
      value: () => element.flag('checked'),
      reset: () => {
        element.set({ checked: false });
      },
    });
  },
  update: showState,
  tap: (element) => {
    element.set({ checked: !element.flag('checked') });
    element.emit('change', { value: element.flag('checked') });
  },
};

function become(element: BuiltInElement, role: 'checkbox' | 'radio' | 'switch'): void {
  elements.set(element.host, element);
  element.host.setAttribute('role', role);
  element.host.setAttribute('aria-checked', 'false');
  element.host.tabIndex = 0;
  element.host.append(h('span', { class: 'choice__box' }));
}

function showState(element: BuiltInElement): void {
  element.host.setAttribute('aria-checked', String(element.flag('checked')));
  element.host.tabIndex = element.flag('disabled') ? -1 : 0;
  const box = element.host.querySelector(':scope > .choice__box');
  const color = element.text('color');
  if (box instanceof HTMLElement && color !== '') box.style.setProperty('--choice-color', color);
}

function groupAround({ host }: BuiltInElement, tag: string): BuiltInElement | undefined {
  const found = host.closest(tag);
  return found === null ? undefined : elements.get(found);
}

function membersOf(group: BuiltInElement, tag: string): BuiltInElement[] {
  return [...group.host.querySelectorAll(tag)].flatMap((host) => elements.get(host) ?? []);
}

function checkedValues(group: BuiltInElement, tag: string): string[] {
  return membersOf(group, tag)
    .filter((member) => member.flag('checked'))
    .map((member) => member.text('value'));
}

function uncheckAll(group: BuiltInElement, tag: string): void {
  for (const member of membersOf(group, tag)) {
    if (member.flag('checked')) member.set({ checked: false });
  }
}
