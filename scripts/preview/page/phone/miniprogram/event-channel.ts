/** What a page and the one that opened it tell each other by: each has an end. */
export interface EventChannel {
  on(name: string, listener: Listener): void;
  once(name: string, listener: Listener): void;
  /** Without a listener, all of them go. */
  off(name: string, listener?: Listener): void;
  /** To the other end. */
  emit(name: string, ...args: unknown[]): void;
}

type Listener = (...args: unknown[]) => unknown;

/** Runs a listener; a throw of one keeps no other from being called. */
type Run = (name: string, listener: () => unknown) => void;

interface Heard {
  listener: Listener;
  once: boolean;
}

/** @returns the ends of the page that opens another one, and of that one */
export function eventChannel(run: Run): readonly [opener: EventChannel, opened: EventChannel] {
  const atOpener = new Map<string, Heard[]>();
  const atOpened = new Map<string, Heard[]>();
  return [end(atOpener, atOpened, run), end(atOpened, atOpener, run)];
}

function end(own: Map<string, Heard[]>, other: Map<string, Heard[]>, run: Run): EventChannel {
  const add = (name: string, heard: Heard): void => {
    if (typeof heard.listener === 'function') own.set(name, [...(own.get(name) ?? []), heard]);
  };
  return {
    on: (name, listener) => {
      add(name, { listener, once: false });
    },
    once: (name, listener) => {
      add(name, { listener, once: true });
    },
    off: (name, listener) => {
      const left = (own.get(name) ?? []).filter((heard) => heard.listener !== listener);
      own.set(name, listener === undefined ? [] : left);
    },
    emit: (name, ...args) => {
      const heard = other.get(name) ?? [];
      other.set(
        name,
        heard.filter(({ once }) => !once),
      );
      for (const { listener } of heard) run(name, () => listener(...args));
    },
  };
}
