import { Signal } from './signal';

/** What the mini program changed of app.json's tab bar. Tabs are counted from 0. */
export class TabBarState {
  readonly changed = new Signal<undefined>();
  readonly #texts = new Map<number, string>();
  readonly #badges = new Map<number, string>();
  #hidden = false;

  textAt(index: number, fallback: string): string {
    return this.#texts.get(index) ?? fallback;
  }

  /** In a red circle at the tab; empty: a red dot; `undefined`: there is none. */
  badgeAt(index: number): string | undefined {
    return this.#badges.get(index);
  }

  get hidden(): boolean {
    return this.#hidden;
  }

  setText(index: number, text: string): void {
    this.#texts.set(index, text);
    this.changed.emit(undefined);
  }

  setBadge(index: number, badge: string | undefined): void {
    if (badge === undefined) this.#badges.delete(index);
    else this.#badges.set(index, badge);
    this.changed.emit(undefined);
  }

  setHidden(hidden: boolean): void {
    this.#hidden = hidden;
    this.changed.emit(undefined);
  }
}
