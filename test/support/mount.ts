/**
 * Mounts a built component or page in miniprogram-simulate.
 *
 * miniprogram-simulate prints what a handler or a lifetime throws by `console.error`; any such line
 * fails the test (see `failOnConsoleError`). What needs `wx` gets one from `installFakeWx`, before
 * it is mounted.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest } from '@jest/globals';
import simulate from 'miniprogram-simulate';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** One root for a test file: the compiler keeps the first one it sees. */
let rootPath = resolve(__dirname, '../../dist/miniprogram');

/** In this test file, what is mounted was built for these ways in. */
export function offerWaysIn(...methods: string[]): void {
  configure({ signInMethods: methods });
}

/** In this test file, config.js says so. Call it before the first `mount`. */
export function configure(settings: object): void {
  beforeAll(() => {
    const built = rootPath;
    rootPath = mkdtempSync(join(tmpdir(), 'miniprogram-'));
    cpSync(built, rootPath, { recursive: true });
    const config = `{ ...module.exports, ...${JSON.stringify(settings)} }`;
    appendFileSync(`${rootPath}/config.js`, `module.exports = ${config};\n`);
  });
  afterAll(() => rmSync(rootPath, { recursive: true }));
}

/**
 * Elements are found by the class their author wrote, in the component and in those that it uses.
 */
export interface Mounted {
  /** The text of the first element with this class; `undefined` when there is none. */
  text(className: string): string | undefined;
  /** The texts of all of them. */
  texts(className: string): string[];
  /** Taps the first of them, or the one at `index`. */
  tap(className: string, index?: number): Promise<void>;
  /** Sends the event of a built-in element, e.g. `chooseavatar`. */
  send(className: string, event: string, detail: object): Promise<void>;
  setData(data: Record<string, unknown>): void;
  /** Listens to these events from now on; the array grows by the name of each that is sent. */
  heard(...names: string[]): string[];
  /** Takes it off the screen. */
  detach(): void;
}

/**
 * What is used of a rendered component. The package's types lack `attach` and `addEventListener`.
 */
interface Rendered {
  dom: HTMLElement;
  instance: { onLoad?: (query: Record<string, string>) => void };
  attach(parent: Node): void;
  detach(): void;
  dispatchEvent(this: { dom: HTMLElement }, name: string, options?: { detail?: object }): void;
  addEventListener(name: string, listener: () => void): void;
  setData(data: Record<string, unknown>): void;
}

/** @param path of the component in the mini program, e.g. `components/session-card/index` */
export function mount(path: string, properties: Record<string, unknown> = {}): Mounted {
  return mounted(render(path, properties));
}

/** Opens a page, as WeChat does: it is attached, then loaded with its query. */
export async function openPage(path: string, query: Record<string, string> = {}): Promise<Mounted> {
  const page = render(path, {});
  page.instance.onLoad?.(query);
  await simulate.sleep(0);
  return mounted(page);
}

function render(path: string, properties: Record<string, unknown>): Rendered {
  // Without this the second load of a path renders nothing.
  jest.resetModules();
  // As app.js does, before it loads a page.
  jest.requireActual(`${rootPath}/configure.js`);
  const id = simulate.load(`${rootPath}/${path}`, { rootPath, compiler: 'official' });
  const component = simulate.render(id, properties) as unknown as Rendered;
  component.attach(document.createElement('div'));
  return component;
}

function mounted(component: Rendered): Mounted {
  const all = (className: string): HTMLElement[] =>
    [...component.dom.querySelectorAll<HTMLElement>('[class]')].filter((element) =>
      // The class, behind the prefix of its component.
      [...element.classList].some((name) => name.replace(/^.*?--/, '') === className),
    );
  const textOf = (element: HTMLElement): string => element.textContent.trim();
  async function send(className: string, event: string, detail: object, index = 0): Promise<void> {
    const dom = all(className)[index];
    if (dom === undefined) throw new Error(`there is no .${className} to ${event}`);
    // As the package sends events, which only does so to elements of the component itself.
    Reflect.apply(component.dispatchEvent, { dom }, [event, { detail }]);
    await simulate.sleep(0);
  }
  return {
    text: (className) => all(className).map(textOf)[0],
    texts: (className) => all(className).map(textOf),
    tap: (className, index) => send(className, 'tap', {}, index),
    send: (className, event, detail) => send(className, event, detail),
    setData: (data) => component.setData(data),
    heard(...names) {
      const heard: string[] = [];
      for (const name of names) component.addEventListener(name, () => void heard.push(name));
      return heard;
    },
    detach: () => component.detach(),
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
