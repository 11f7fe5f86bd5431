import { showActionSheet } from '../chrome/action-sheet';
import { showModal } from '../chrome/modal';
import type { Toast, ToastIcon } from '../chrome/toast';
import type { Copy } from '../chrome/copy';
import type { ErrorLog } from '../state/error-log';
import { asyncApi, numberOption, textOption, type Api } from './async-api';

const TOAST_MS = 1500;
const MAX_ITEMS = 6;
const ICONS: readonly string[] = ['success', 'error', 'loading', 'none'] satisfies ToastIcon[];

export interface InteractionContext {
  toast: Toast;
  layer: HTMLElement;
  copy: Copy;
  errors: ErrorLog;
}

export function interactionApis({
  toast,
  layer,
  copy,
  errors,
}: InteractionContext): Record<string, Api> {
  const hide = (): void => {
    toast.hide();
  };
  return {
    showToast: asyncApi('showToast', errors, (options) => {
      const icon = textOption(options, 'icon', 'success');
      toast.show({
        title: textOption(options, 'title'),
        icon: isIcon(icon) ? icon : 'success',
        mask: options['mask'] === true,
        durationMs: numberOption(options, 'duration', TOAST_MS),
      });
    }),
    hideToast: asyncApi('hideToast', errors, hide),
    showLoading: asyncApi('showLoading', errors, (options) => {
      toast.show({
        title: textOption(options, 'title'),
        icon: 'loading',
        mask: options['mask'] === true,
      });
    }),
    hideLoading: asyncApi('hideLoading', errors, hide),
    showModal: asyncApi('showModal', errors, async (options) => {
      const cancelText = textOption(options, 'cancelText', copy.cancel);
      const editable = options['editable'] === true;
      const { confirmed, content } = await showModal(layer, {
        title: textOption(options, 'title'),
        content: textOption(options, 'content'),
        confirmText: textOption(options, 'confirmText', copy.confirm),
        confirmColor: textOption(options, 'confirmColor'),
        cancelColor: textOption(options, 'cancelColor'),
        editable,
        placeholder: textOption(options, 'placeholderText'),
        ...(options['showCancel'] === false ? {} : { cancelText }),
      });
      return {
        confirm: confirmed,
        cancel: !confirmed,
        content: editable && confirmed ? content : null,
      };
    }),
    showActionSheet: asyncApi('showActionSheet', errors, async (options) => {
      const items = options['itemList'];
      if (!Array.isArray(items) || items.length === 0 || items.length > MAX_ITEMS) {
        throw new Error(`parameter error: itemList should hold 1 to ${String(MAX_ITEMS)} items`);
      }
      const tapIndex = await showActionSheet(layer, items.map(String), copy.cancel);
      if (tapIndex === undefined) throw new Error('cancel');
      return { tapIndex };
    }),
  };
}

function isIcon(value: string): value is ToastIcon {
  return ICONS.includes(value);
}
