/**
 * The preview's phone without a browser: a compiled mini program running in jest's jsdom on the
 * same runtime as in `npm start`. A test file that uses it begins with the docblock
 * `@jest-environment jsdom`.
 *
 * Elements are found by the class their author wrote (`data-class`), in pages and components alike.
 * A phone that is closed with an unread error of the mini program's code fails its test: read
 * `errors()` where one is expected.
 */
import {
  type MiniprogramBundle,
  type Theme,
  Environment,
  type DeviceProfile,
  type Language,
  messageOf,
  startPhone,
  type TempFile,
  type KeyValueStore,
} from '#preview/testing';
const IPHONE: DeviceProfile = {
  brand: 'iPhone',
  model: 'iPhone 15<iPhone15,4>',
  platform: 'ios',
  system: 'iOS 17.5',
};

/**
 * Resolves to what the function returns. A rejection with a numeric `errCode` is the cloud's; any
 * other is a network failure.
 */
export type TestCloud = (name: string, data: unknown, signal: AbortSignal) => Promise<unknown>;

export interface OpenPhoneOptions {
  bundle: MiniprogramBundle;
  cloud?: TestCloud;
  /** Answers the phone's database, in replies of the admin protocol. */
  database?: (action: string, data: object) => Promise<unknown>;
  /** Where uploaded files go, by file id. */
  files?: Map<string, TempFile>;
  device?: DeviceProfile;
  language?: Language;
  theme?: Theme;
  /** What this account keeps on this phone; give the same one again to kill the app and open it. */
  store?: KeyValueStore;
  online?: boolean;
  /** Of the person; the first is the one that WeChat knows. */
  phoneNumbers?: readonly string[];
}

export interface TestPhone {
  /** The path of the page on the screen. */
  readonly path: string;
  /** The title in the navigation bar. */
  readonly title: string;
  readonly environment: Environment;
  /** The elements of the page on the screen whose author gave them this class. */
  all(className: string): HTMLElement[];
  /** The first of them; throws when there is none. */
  find(className: string): HTMLElement;
  has(className: string): boolean;
  /** The text of an element, or of the whole page. */
  text(className?: string): string;
  tap(className: string): Promise<void>;
  /** Writes into the `<input>` or `<textarea>` with this class. */
  type(className: string, text: string): Promise<void>;
  /** What a toast, dialog or action sheet says; empty when there is none. */
  readonly overlay: string;
  /**
   * Taps the button of a dialog or action sheet, or of the navigation bar, by its text or label.
   */
  press(label: string): Promise<void>;
  /** Waits until `condition` holds. */
  until(condition: () => boolean): Promise<void>;
  /** To the background and back. */
  hide(): void;
  show(): void;
  /** The errors of the mini program's code so far, read. */
  errors(): string[];
  close(): void;
}

export function memoryStore(): KeyValueStore {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key),
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
    keys: () => [...values.keys()],
  };
}

export function openPhone(options: OpenPhoneOptions): TestPhone {
  const { bundle, language = 'zh_CN', theme = 'light', store = memoryStore() } = options;
  const environment = new Environment(options.device ?? IPHONE, language, theme);
  environment.online = options.online ?? true;
  const container = document.createElement('div');
  document.body.append(container);
  const phone = startPhone({
    bundle,
    container,
    environment,
    store,
    cloud: {
      callFunction: (name, data, signal) => reply(options.cloud, name, data, signal),
      uploadFile: (cloudPath, file) => {
        const fileID = `cloud://test.bucket/${cloudPath}`;
        options.files?.set(fileID, file);
        return Promise.resolve({ fileID, statusCode: 204 });
      },
      askForFiles: (api, fileList) =>
        Promise.resolve({ fileList, errMsg: `cloud.${api}:ok`, asked: api }),
      downloadFile: (fileId) => Promise.resolve(options.files?.get(fileId)),
      askDatabase: (action, data) =>
        options.database?.(action, data) ?? Promise.reject(new Error('this phone has no database')),
      fileUrl: (fileId) => (options.files?.has(fileId) === true ? `files/${fileId}` : undefined),
    },
    network: {
      appid: 'wx-test',
      loginCode: () => Promise.reject(new Error('this phone has no provider')),
      request: () => Promise.reject(new Error('this phone reaches no server')),
    },
    phoneNumbers: options.phoneNumbers ?? ['19912345678'],
    restart: () => undefined,
  });
  let read = 0;
  const all = (className: string): HTMLElement[] => [
    ...phone.stack.current.frame.querySelectorAll<HTMLElement>(`[data-class~="${className}"]`),
  ];
  const find = (className: string): HTMLElement => {
    const [found] = all(className);
    if (found === undefined) throw new Error(`${phone.stack.current.path} has no .${className}`);
    return found;
  };
  const inScreen = (selector: string): HTMLElement[] => [
    ...phone.screen.querySelectorAll<HTMLElement>(selector),
  ];
  const textOf = (element: HTMLElement): string => element.textContent.trim();
  return {
    environment,
    get path() {
      return phone.stack.current.path;
    },
    get title() {
      return inScreen('.navigation-bar__title').map(textOf).join('');
    },
    get overlay() {
      return inScreen('.screen__toasts, .screen__dialogs').map(textOf).join('');
    },
    all,
    find,
    has: (className) => all(className).length > 0,
    text: (className) =>
      textOf(className === undefined ? phone.stack.current.frame : find(className)),
    tap: (className) => act(() => find(className).click()),
    type: (className, text) =>
      act(() => {
        const field = find(className).querySelector('input, textarea');
        if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) {
          throw new Error(`.${className} takes no text`);
        }
        field.value = text;
        field.dispatchEvent(new Event('input'));
      }),
    press: (label) =>
      act(() => {
        const named = (button: HTMLElement): boolean =>
          textOf(button) === label || button.getAttribute('aria-label') === label;
        const button = inScreen('button:not([hidden])').find(named);
        if (button === undefined) throw new Error(`the phone shows no button "${label}"`);
        button.click();
      }),
    until: async (condition) => {
      const end = performance.now() + PATIENCE_MS;
      while (!condition()) {
        if (performance.now() > end) throw new Error(`waited in vain for ${condition.toString()}`);
        await act(() => undefined);
      }
    },
    hide: phone.hide,
    show: phone.show,
    errors: () => {
      read = phone.errors.errors.length;
      return phone.errors.errors.map(({ error }) => messageOf(error));
    },
    close: () => {
      phone.close();
      container.remove();
      const unread = phone.errors.errors.slice(read);
      if (unread.length > 0) throw unread[0]?.error;
    },
  };
}

const PATIENCE_MS = 60_000;

/** Does it, and lets everything that follows from it happen. */
async function act(action: () => void): Promise<void> {
  action();
  await new Promise((done) => setTimeout(done, 0));
}

async function reply(
  cloud: TestCloud | undefined,
  name: string,
  data: unknown,
  signal: AbortSignal,
): Promise<object> {
  if (cloud === undefined) throw new Error('this phone has no cloud');
  try {
    return { result: await cloud(name, data, signal), errMsg: 'ok', requestID: 'test' };
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'errCode' in error) return error;
    throw error;
  }
}
