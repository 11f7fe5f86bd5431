/** What needs no more than a few lines: the clipboard, vibration, reports, base64. */
import type { Copy } from '../chrome/copy';
import { showModal } from '../chrome/modal';
import type { Toast } from '../chrome/toast';
import type { ErrorLog } from '../state/error-log';
import { asyncApi, textOption, type Api } from './async-api';

export interface SmallApisContext {
  toast: Toast;
  layer: HTMLElement;
  copy: Copy;
  errors: ErrorLog;
  /** Of the phone, and of what was copied in this mini program. */
  clipboard: { text: string };
}

const TOAST_MS = 1500;

export function smallApis({
  toast,
  layer,
  copy,
  errors,
  clipboard,
}: SmallApisContext): Record<string, Api> {
  return {
    setClipboardData: asyncApi('setClipboardData', errors, ({ data }) => {
      if (typeof data !== 'string')
        throw new Error(
          `parameter error: parameter.data should be String instead of ${typeName(data)};`,
        );
      clipboard.text = data;
      toast.show({ title: copy.copied, icon: 'none', mask: false, durationMs: TOAST_MS });
    }),
    getClipboardData: asyncApi('getClipboardData', errors, () => ({ data: clipboard.text })),
    makePhoneCall: asyncApi('makePhoneCall', errors, async (options) => {
      const { confirmed } = await showModal(layer, {
        title: '',
        content: textOption(options, 'phoneNumber'),
        confirmText: copy.call,
        cancelText: copy.cancel,
        confirmColor: '',
        cancelColor: '',
      });
      if (!confirmed) throw new Error('cancel');
    }),
    hideKeyboard: asyncApi('hideKeyboard', errors, () => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    }),
    ...nothingToSee(errors),
    getUpdateManager: () => ({
      onCheckForUpdate: (listener: (result: object) => void) => {
        queueMicrotask(() => {
          errors.run('onCheckForUpdate', () => {
            listener({ hasUpdate: false });
          });
        });
      },
      // There never is one.
      onUpdateReady: () => undefined,
      onUpdateFailed: () => undefined,
      applyUpdate: () => undefined,
    }),
    getLogManager: log,
    getRealtimeLogManager: log,
    getExtConfigSync: () => ({}),
    getExtConfig: asyncApi('getExtConfig', errors, () => ({ extConfig: {} })),
    getBackgroundFetchData: asyncApi('getBackgroundFetchData', errors, () => {
      throw new Error('nothing was fetched: no pre-fetch is set up for this mini program');
    }),
    arrayBufferToBase64: (buffer: ArrayBuffer) =>
      btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('')),
    base64ToArrayBuffer: (text: string) =>
      Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer,
    getRandomValues: asyncApi('getRandomValues', errors, ({ length }) => ({
      randomValues: crypto.getRandomValues(new Uint8Array(Number(length))).buffer,
    })),
  };
}

/** What shows nothing on the screen of a phone either. */
function nothingToSee(errors: ErrorLog): Record<string, Api> {
  const names = ['vibrateShort', 'vibrateLong', 'setKeepScreenOn', 'setEnableDebug'];
  const reports = ['reportAnalytics', 'reportEvent', 'reportMonitor', 'reportPerformance'];
  return Object.fromEntries([
    ...names.map((name): [string, Api] => [name, asyncApi(name, errors, () => undefined)]),
    ...reports.map((name): [string, Api] => [name, () => undefined]),
  ]);
}

function log(): Record<string, Api> {
  const names = ['debug', 'error', 'info', 'log', 'warn'];
  const print = (...values: unknown[]): void => {
    console.info(...values);
  };
  const quiet = ['setFilterMsg', 'addFilterMsg', 'in'];
  return Object.fromEntries([
    ...names.map((name): [string, Api] => [name, print]),
    ...quiet.map((name): [string, Api] => [name, () => undefined]),
    ['tag', log],
  ]);
}

function typeName(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}
