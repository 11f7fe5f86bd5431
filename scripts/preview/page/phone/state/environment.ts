import type { Theme } from '../../../bundle/bundle';
import type { PhoneNumberAnswer } from './phone-number';
import { Signal } from './signal';

export type Language = 'zh_CN' | 'en';

export interface DeviceProfile {
  brand: string;
  model: string;
  platform: 'ios' | 'android';
  system: string;
}

/** What surrounds a mini program and may change while it runs. */
export class Environment {
  readonly themeChanged = new Signal<Theme>();
  readonly onlineChanged = new Signal<boolean>();
  readonly clockChanged = new Signal<number>();
  /** What comes of asking for the person's number. */
  phoneNumberAnswer: PhoneNumberAnswer = 'asked';
  #theme: Theme;
  #online = true;
  #clockOffsetMs = 0;

  constructor(
    readonly device: DeviceProfile,
    readonly language: Language,
    theme: Theme,
  ) {
    this.#theme = theme;
  }

  get theme(): Theme {
    return this.#theme;
  }

  set theme(theme: Theme) {
    if (theme === this.#theme) return;
    this.#theme = theme;
    this.themeChanged.emit(theme);
  }

  get online(): boolean {
    return this.#online;
  }

  set online(online: boolean) {
    if (online === this.#online) return;
    this.#online = online;
    this.onlineChanged.emit(online);
  }

  /** Sends something that the signal cuts off when the network goes. */
  async whileOnline<T>(send: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    const cutOff = (): void => {
      abort.abort();
    };
    this.onlineChanged.add(cutOff);
    try {
      return await send(abort.signal);
    } finally {
      this.onlineChanged.remove(cutOff);
    }
  }

  /** How far this phone's clock is ahead of the computer's. */
  get clockOffsetMs(): number {
    return this.#clockOffsetMs;
  }

  set clockOffsetMs(offsetMs: number) {
    if (offsetMs === this.#clockOffsetMs) return;
    this.#clockOffsetMs = offsetMs;
    this.clockChanged.emit(offsetMs);
  }

  /** Epoch milliseconds on this phone. */
  now(): number {
    return Date.now() + this.#clockOffsetMs;
  }

  /** `Date` as the mini program sees it: the clock of this phone, which moves with the cloud's. */
  dateOfThisPhone(): DateConstructor {
    const now = (): number => this.now();
    return new Proxy(Date, {
      construct: (target, args, newTarget): Date => {
        const made: unknown = Reflect.construct(
          target,
          args.length === 0 ? [now()] : args,
          newTarget,
        );
        return made instanceof target ? made : new target(now());
      },
      apply: () => new Date(now()).toString(),
      get: (target, key): unknown => (key === 'now' ? now : Reflect.get(target, key)),
    });
  }
}
