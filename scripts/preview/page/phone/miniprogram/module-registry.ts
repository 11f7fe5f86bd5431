import { moduleCandidates, type PathAliases } from '../../../../miniprogram-files/module-paths';
import type { ModuleBody } from '../../../bundle/bundle';

/** WeChat's wording. */
class ModuleNotDefined extends Error {
  constructor(request: string, from: string) {
    const [path = request] = moduleCandidates(request, from);
    super(`module '${path}' is not defined, require args is '${request}'`);
  }
}

/** What scripts call as `require`. */
type Require = ((
  request: string,
  done?: (exports: unknown) => void,
  failed?: (failure: { mod: string; errMsg: string }) => void,
) => unknown) & { async: (request: string) => Promise<unknown> };

/** The scripts of a mini program. Each runs once, when it is first required. */
export class ModuleRegistry {
  readonly #modules = new Map<string, { exports: unknown }>();

  constructor(
    private readonly bodies: Readonly<Record<string, ModuleBody>>,
    private readonly aliases: PathAliases,
  ) {}

  /**
   * Runs the script of app.json's path: `app`, `pages/home/index`.
   *
   * @throws when there is none, and what it throws
   */
  run(path: string): void {
    const file = [`${path}.js`, `${path}.ts`].find((name) => Object.hasOwn(this.bodies, name));
    if (file === undefined) throw new Error(`${path}.js is missing`);
    this.#exportsOf(file);
  }

  #exportsOf(file: string): unknown {
    const known = this.#modules.get(file);
    if (known !== undefined) return known.exports;
    const body = this.bodies[file];
    if (body === undefined) throw new Error(`${file} is missing`);
    const module: { exports: unknown } = { exports: {} };
    this.#modules.set(file, module);
    try {
      body.call(module.exports, module, module.exports, this.#requireOf(file));
    } catch (error) {
      // Whoever requires it next is told too.
      this.#modules.delete(file);
      throw error;
    }
    return module.exports;
  }

  /** https://developers.weixin.qq.com/miniprogram/dev/reference/api/require.html */
  #requireOf(from: string): Require {
    const load = (request: unknown): unknown => {
      if (typeof request !== 'string') throw new TypeError('require args must be a string');
      const file = moduleCandidates(request, from, this.aliases).find((path) =>
        Object.hasOwn(this.bodies, path),
      );
      if (file === undefined) throw new ModuleNotDefined(request, from);
      return this.#exportsOf(file);
    };
    const later = (request: string): Promise<unknown> =>
      Promise.resolve().then(() => load(request));
    const required: (...args: Parameters<Require>) => unknown = (request, done, failed) => {
      if (done === undefined) return load(request);
      later(request).then(done, (error: unknown) => {
        failed?.({ mod: request, errMsg: error instanceof Error ? error.message : String(error) });
      });
      return undefined;
    };
    return Object.assign(required, { async: later });
  }
}
