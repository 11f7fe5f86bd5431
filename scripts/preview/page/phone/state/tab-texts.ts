import { Signal } from './signal';

/** What `wx.setTabBarItem` put in place of app.json's texts. */
export class TabTexts {
  readonly changed = new Signal<undefined>();
  readonly #texts = new Map<number, string>();

  /** @param index of the tab, from 0 */
  at(index: number, fallback: string): string {
    return this.#texts.get(index) ?? fallback;
  }

  set(index: number, text: string): void {
    this.#texts.set(index, text);
    this.changed.emit(undefined);
  }
}
