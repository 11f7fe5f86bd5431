import { Component, type GeneralComponent } from 'glass-easel';
import { component } from 'glass-easel-miniprogram-adapter';

/** The glass-easel component behind what a mini program knows as `this`. */
export function glassComponentOf(self: unknown): GeneralComponent {
  if (self instanceof component.ComponentCaller) return glassComponentOf(self._$);
  if (Component.isComponent(self)) return self;
  throw new Error('not a component');
}

/** The page or component in whose template another stands; a page has none. */
export function ownerOf(component: GeneralComponent): GeneralComponent | undefined {
  return component.ownerShadowRoot?.getHostNode();
}

type Method = (this: object, ...args: never[]) => unknown;

/** Gives every page and component these methods, which those of its own take precedence over. */
export function giveComponents(methods: Record<string, Method> & ThisType<object>): void {
  for (const [name, value] of Object.entries(methods)) {
    const method = { configurable: true, writable: true, value };
    Object.defineProperty(component.ComponentCaller.prototype, name, method);
  }
}
