import type { Build } from '../bundle/build';

/** The build that a phone runs, kept in step with the one on offer. */
export class RunningBuild {
  readonly #styles = document.createElement('style');
  #running: Build | undefined;
  #hasFailed = false;

  /**
   * @param head where the mini program's styles go
   * @param outdated runs when only starting again brings what is on offer
   */
  constructor(
    head: HTMLElement,
    private readonly outdated: () => void,
  ) {
    head.append(this.#styles);
  }

  begin(build: Build, css: string): void {
    this.#running = build;
    this.#styles.textContent = css;
  }

  /** What could not be loaded is tried again with the next offer. */
  failed(): void {
    this.#hasFailed = true;
  }

  async compare({ code, styles }: Build): Promise<void> {
    const running = this.#running;
    // While it loads, nothing is known; once it has started, it is offered the same again.
    if (running === undefined && !this.#hasFailed) return;
    if (code === running?.code) {
      if (styles !== running.styles) await this.#restyle(styles);
      return;
    }
    // Once: it is about to end.
    this.#running = undefined;
    this.#hasFailed = false;
    this.outdated();
  }

  async #restyle(styles: string): Promise<void> {
    const response = await fetch('app.css').catch(() => undefined);
    if (!response?.ok) return;
    const css = await response.text();
    if (this.#running === undefined) return;
    this.#running = { ...this.#running, styles };
    this.#styles.textContent = css;
  }
}
