import { Component, type GeneralComponent, type Node as WxNode } from 'glass-easel';
import { hasNamedBehavior } from '../glass-easel/named-behaviors';
import type { BuiltInElement } from './element';

/** What a form reads and a label reaches: an element that holds a value. */
export interface Field {
  value(): unknown;
  /** Back to the value it was made with. */
  reset(): void;
  focus?(): void;
}

interface NamedField {
  name: string;
  field: Field;
}

const byHost = new WeakMap<HTMLElement, Field>();
const byComponent = new WeakMap<GeneralComponent, Field>();

export function registerField(element: BuiltInElement, field: Field): void {
  byHost.set(element.host, field);
  byComponent.set(element.component, field);
}

export function fieldAt(host: Element): Field | undefined {
  return host instanceof HTMLElement ? byHost.get(host) : undefined;
}

/**
 * The fields of a form that have a name, in the order of the template: WeChat's own, and components
 * that are one (`wx://form-field`) or show what is in them (`wx://form-field-group`).
 */
export function namedFieldsIn(node: WxNode): NamedField[] {
  if (!('childNodes' in node)) return [];
  const children = node.childNodes.flatMap((child) => [...ownField(child), ...insideOf(child)]);
  return children;
}

function insideOf(node: WxNode): NamedField[] {
  const shown = Component.isComponent(node) && hasNamedBehavior(node, 'wx://form-field-group');
  const root = shown ? node.getShadowRoot() : null;
  return [...(root === null ? [] : namedFieldsIn(root)), ...namedFieldsIn(node)];
}

function ownField(node: WxNode): NamedField[] {
  if (!Component.isComponent(node)) return [];
  const field = byComponent.get(node) ?? customField(node);
  const { name } = dataOf(node);
  const isNamed = (typeof name === 'string' && name !== '') || typeof name === 'number';
  return field === undefined || !isNamed ? [] : [{ name: String(name), field }];
}

function customField(component: GeneralComponent): Field | undefined {
  if (!hasNamedBehavior(component, 'wx://form-field')) return undefined;
  // A component of the mini program resets itself, if it does.
  return { value: () => dataOf(component)['value'], reset: () => undefined };
}

function dataOf(component: GeneralComponent): Record<string, unknown> {
  const data: Record<string, unknown> = component.data;
  return data;
}
