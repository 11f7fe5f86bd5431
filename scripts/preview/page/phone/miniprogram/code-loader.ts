import { componentsOf } from '../../../../miniprogram-files/component-entry';
import type { MiniprogramConfig } from '../../../bundle/bundle';

type Config = Pick<MiniprogramConfig, 'components' | 'packages' | 'lazyCode'>;

/** The root of what belongs to no subpackage. */
const MAIN = '';

/**
 * When the script of a page or component runs: those of the main package at launch, those of a
 * subpackage with its first page, and under `lazyCodeLoading` each with the first page that needs it.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/ability/lazyload.html
 */
export class CodeLoader {
  readonly #run = new Set<string>();

  /** @param run runs the script of a path; called once for each */
  constructor(
    private readonly config: Config,
    private readonly run: (path: string) => void,
  ) {}

  launch(): void {
    if (!this.config.lazyCode) this.#runPackage(MAIN);
  }

  /** Before a page is made, or the component of a tab bar. */
  need(path: string): void {
    if (!this.config.lazyCode) this.#runPackage(this.#packageOf(path));
    this.#runTree(path);
  }

  #runPackage(root: string): void {
    for (const path of Object.keys(this.config.components)) {
      if (this.#packageOf(path) === root) this.#runOnce(path);
    }
  }

  /** With all that its template may show. */
  #runTree(path: string): void {
    const seen = new Set<string>();
    const waiting = [path];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      const entry = this.config.components[next];
      if (entry !== undefined) waiting.push(...componentsOf(entry).reverse());
    }
    // The page last: what it shows is there by then.
    for (const needed of [...seen].reverse()) this.#runOnce(needed);
  }

  #runOnce(path: string): void {
    if (this.#run.has(path) || !Object.hasOwn(this.config.components, path)) return;
    this.#run.add(path);
    this.run(path);
  }

  #packageOf(path: string): string {
    return this.config.packages.find((root) => path.startsWith(root)) ?? MAIN;
  }
}
