export type Listener<T> = (value: T) => void;

/** Listeners of one event. */
export class Signal<T> {
  readonly #listeners = new Set<Listener<T>>();

  add(listener: Listener<T>): void {
    this.#listeners.add(listener);
  }

  remove(listener: Listener<T>): void {
    this.#listeners.delete(listener);
  }

  clear(): void {
    this.#listeners.clear();
  }

  emit(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}
