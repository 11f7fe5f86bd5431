import { isRecord } from '../../shared/is-record';
import type { ErrorLog } from '../state/error-log';
import { Signal } from '../state/signal';
import type { Theme } from '../../../bundle/bundle';

export interface LaunchOptions {
  path: string;
  query: Record<string, string>;
  scene: number;
  referrerInfo: object;
}

/** Opened from the list of recently used mini programs. */
const SCENE = 1089;

/** The one thing App() registers, and when it is in front. */
export class MiniprogramApp {
  readonly shown = new Signal<LaunchOptions>();
  readonly hidden = new Signal<void>();
  #instance: Record<string, unknown> | undefined;
  #inFront = false;

  constructor(
    private readonly entryPath: string,
    private readonly errors: ErrorLog,
  ) {}

  get inFront(): boolean {
    return this.#inFront;
  }

  get launchOptions(): LaunchOptions {
    return { path: this.entryPath, query: {}, scene: SCENE, referrerInfo: {} };
  }

  /** What scripts call as `App(...)`. */
  register(options: unknown): void {
    if (this.#instance) throw new Error('App() may be called once');
    if (!isRecord(options)) throw new TypeError('App() takes an object');
    this.#instance = options;
  }

  /** What scripts call as `getApp()`. */
  get instance(): Record<string, unknown> | undefined {
    return this.#instance;
  }

  launch(): void {
    this.#call('onLaunch', this.launchOptions);
  }

  show(): void {
    if (this.#inFront) return;
    this.#inFront = true;
    this.#call('onShow', this.launchOptions);
    this.shown.emit(this.launchOptions);
  }

  hide(): void {
    if (!this.#inFront) return;
    this.#inFront = false;
    this.#call('onHide');
    this.hidden.emit();
  }

  changeTheme(theme: Theme): void {
    this.#call('onThemeChange', { theme });
  }

  #call(name: string, ...args: unknown[]): void {
    const instance = this.#instance;
    const method = instance?.[name];
    if (typeof method !== 'function') return;
    this.errors.run(`${name} of app.js`, (): unknown => Reflect.apply(method, instance, args));
  }
}
