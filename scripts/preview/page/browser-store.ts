import type { KeyValueStore } from './phone/wx/storage';

/**
 * The part of the browser's storage whose keys begin with `prefix`. It outlives a reload, as a
 * phone's storage outlives the app.
 */
export function browserStore(prefix: string): KeyValueStore {
  return {
    get: (key) => localStorage.getItem(prefix + key) ?? undefined,
    set: (key, value) => {
      localStorage.setItem(prefix + key, value);
    },
    remove: (key) => {
      localStorage.removeItem(prefix + key);
    },
    keys: () =>
      Object.keys(localStorage)
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length)),
  };
}
