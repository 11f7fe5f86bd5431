/**
 * Mounts a built component in miniprogram-simulate.
 *
 * miniprogram-simulate swallows what a handler or a lifetime throws into `console.error`; here any such line fails the
 * test (see `failOnConsoleError`).
 */
import { afterEach, beforeEach, expect, jest } from '@jest/globals';
import simulate from 'miniprogram-simulate';
import { resolve } from 'node:path';

/** One root for a test file: the compiler keeps the first one it sees. */
const rootPath = resolve(__dirname, '../../dist/miniprogram');

export interface Mounted {
  /** The text of the first element with this class; `undefined` when there is none. */
  text(className: string): string | undefined;
  /** Taps the first element with this class. */
  tap(className: string): Promise<void>;
  setData(data: Record<string, unknown>): void;
  /** Listens to these events from now on; the array grows by the name of each that is sent. */
  heard(...names: string[]): string[];
}

/** What is used of a rendered component. The package's own types know neither `attach` here nor `addEventListener`. */
interface Rendered {
  attach(parent: Node): void;
  querySelector(
    selector: string,
  ): { dom: HTMLElement | undefined; dispatchEvent(name: string): void } | undefined;
  addEventListener(name: string, listener: () => void): void;
  setData(data: Record<string, unknown>): void;
}

/** @param path of the component in the mini program, e.g. `components/session-card/index` */
export function mount(path: string, properties: Record<string, unknown> = {}): Mounted {
  // Without this the second load of a path renders nothing.
  jest.resetModules();
  const id = simulate.load(`${rootPath}/${path}`, { rootPath, compiler: 'official' });
  const component = simulate.render(id, properties) as unknown as Rendered;
  component.attach(document.createElement('div'));
  const find = (className: string) => component.querySelector(`.${className}`);
  return {
    text: (className) => find(className)?.dom?.textContent.trim(),
    async tap(className) {
      const element = find(className);
      if (element === undefined) throw new Error(`there is no .${className} to tap`);
      element.dispatchEvent('tap');
      await simulate.sleep(0);
    },
    setData: (data) => component.setData(data),
    heard(...names) {
      const heard: string[] = [];
      for (const name of names) component.addEventListener(name, () => void heard.push(name));
      return heard;
    },
  };
}

export function failOnConsoleError(): void {
  let errors: unknown[][];
  let spy: { mockRestore(): void };

  beforeEach(() => {
    errors = [];
    spy = jest.spyOn(console, 'error').mockImplementation((...line) => void errors.push(line));
  });
  afterEach(() => {
    spy.mockRestore();
    expect(errors).toEqual([]);
  });
}
