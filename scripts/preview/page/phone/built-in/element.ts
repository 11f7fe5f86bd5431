import { triggerEvent, type GeneralComponent } from 'glass-easel';
import type { ErrorLog } from '../state/error-log';
import { hostElementOf } from '../glass-easel/backend';

export interface EmitOptions {
  bubbles?: boolean;
}

/**
 * One `<button>`, `<input>` ... on a page: what the built-in elements need of glass-easel, typed.
 */
export class BuiltInElement {
  readonly host: HTMLElement;

  constructor(
    readonly component: GeneralComponent,
    readonly errors: ErrorLog,
  ) {
    this.host = hostElementOf(component);
  }

  value(name: string): unknown {
    const data: Record<string, unknown> = this.component.data;
    return data[name];
  }

  text(name: string): string {
    const value = this.value(name);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  }

  flag(name: string): boolean {
    return this.value(name) === true;
  }

  number(name: string): number {
    return Number(this.value(name));
  }

  /** Also tells a `model:` binding. */
  set(values: Record<string, unknown>): void {
    this.component.setData(values);
  }

  emit(type: string, detail: object = {}, { bubbles = false }: EmitOptions = {}): void {
    triggerEvent(this.component, type, detail, {
      bubbles,
      composed: bubbles,
      handleListenerReturn: (result) => {
        this.errors.watch(`bind${type} of <${this.component.tagName}>`, result);
      },
    });
  }

  /** `name`, written in the template this element stands in, as its style sheet knows it. */
  scopedClass(name: string): string {
    const owner = this.component.ownerShadowRoot?.getHostNode();
    const scope = owner?.getComponentOptions().styleScope;
    const prefix =
      typeof scope === 'number'
        ? owner?.getComponentDefinition().behavior.ownerSpace.styleScopeManager.queryName(scope)
        : undefined;
    return prefix === undefined || prefix === '' ? name : `${prefix}--${name}`;
  }

  /** The path of the page or component whose template this element stands in. */
  get ownerPath(): string {
    return this.component.ownerShadowRoot?.getHostNode().is ?? '';
  }
}
