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

type RootComponent = ReturnType<typeof simulate.render>;

export interface Mounted {
  readonly component: RootComponent;
  /** The text of the first element with this class; `undefined` when there is none. */
  text(className: string): string | undefined;
  /** Taps the first element with this class. */
  tap(className: string): Promise<void>;
  setData(data: Record<string, unknown>): void;
}

/** @param path of the component in the mini program, e.g. `components/session-card/index` */
export function mount(path: string, properties: Record<string, unknown> = {}): Mounted {
  // Without this the second load of a path renders nothing.
  jest.resetModules();
  const id = simulate.load(`${rootPath}/${path}`, { rootPath, compiler: 'official' });
  const component = simulate.render(id, properties);
  component.attach(document.createElement('div'));
  const find = (className: string) => component.querySelector(`.${className}`);
  return {
    component,
    text: (className) => find(className)?.dom?.textContent.trim(),
    async tap(className) {
      const element = find(className);
      if (element === undefined) throw new Error(`there is no .${className} to tap`);
      element.dispatchEvent('tap');
      await simulate.sleep(0);
    },
    setData: (data) => component.setData(data),
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
