/** Which collections have changed, for whoever looks again and again. */
import { randomUUID } from 'node:crypto';

export class CollectionRevisions {
  /** No number is met again after the cloud was restarted. */
  readonly #run = randomUUID().slice(0, 8);
  readonly #numbers = new Map<string, number>();
  #last = 0;

  /** Says that it is there, or other than it was; once that can be read. */
  changed(names: Iterable<string>): void {
    for (const name of new Set(names)) this.#numbers.set(name, ++this.#last);
  }

  of(name: string): string {
    return `${this.#run}-${this.#numbers.get(name) ?? 0}`;
  }
}
