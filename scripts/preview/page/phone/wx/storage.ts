import type { ErrorLog } from '../state/error-log';
import { asyncApi, textOption, type Api } from './async-api';

/** Where one phone keeps what one account stored. */
export interface KeyValueStore {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
}

/** https://developers.weixin.qq.com/miniprogram/dev/framework/ability/storage.html */
const MAX_ENTRY_CHARS = 1024 * 1024;

export function storageApis(store: KeyValueStore, errors: ErrorLog): Record<string, Api> {
  const get = (key: string): unknown => {
    const stored = store.get(key);
    return stored === undefined ? '' : JSON.parse(stored);
  };
  const set = (key: string, data: unknown): void => {
    const text = JSON.stringify(data ?? '');
    if (text.length > MAX_ENTRY_CHARS) throw new Error('setStorage:fail data exceed max size');
    store.set(key, text);
  };
  const clear = (): void => {
    for (const key of store.keys()) store.remove(key);
  };
  const info = (): object => ({ keys: store.keys(), currentSize: 1, limitSize: 10240 });
  return {
    getStorageSync: get,
    setStorageSync: set,
    removeStorageSync: (key: string) => {
      store.remove(key);
    },
    clearStorageSync: clear,
    getStorageInfoSync: info,
    getStorage: asyncApi('getStorage', errors, (options) => {
      const key = textOption(options, 'key');
      if (store.get(key) === undefined) throw new Error('data not found');
      return { data: get(key) };
    }),
    setStorage: asyncApi('setStorage', errors, (options) => {
      set(textOption(options, 'key'), options['data']);
    }),
    removeStorage: asyncApi('removeStorage', errors, (options) => {
      store.remove(textOption(options, 'key'));
    }),
    clearStorage: asyncApi('clearStorage', errors, clear),
    getStorageInfo: asyncApi('getStorageInfo', errors, info),
  };
}
