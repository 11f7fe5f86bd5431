/**
 * What the person allowed the mini program to do, as `wx.getSetting` lists it. It is remembered
 * while the mini program runs.
 */
export class Permissions {
  readonly #answers = new Map<string, boolean>();

  /** @param ask the person, who has not answered yet */
  constructor(private readonly ask: (scope: string) => Promise<boolean>) {}

  /** Scopes that the person was asked about. */
  get answers(): Record<string, boolean> {
    return Object.fromEntries(this.#answers);
  }

  set(scope: string, allowed: boolean): void {
    this.#answers.set(scope, allowed);
  }

  /** @throws when the person declines, or did so before */
  async authorize(scope: string): Promise<void> {
    const allowed = this.#answers.get(scope) ?? (await this.ask(scope));
    this.set(scope, allowed);
    if (!allowed) throw new Error('auth deny');
  }
}
