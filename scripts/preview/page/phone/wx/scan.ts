import type { Copy } from '../chrome/copy';
import { scanQrCode, type Camera } from '../chrome/scan-sheet';
import type { ErrorLog } from '../state/error-log';
import { asyncApi, type Api } from './async-api';

export interface ScanContext {
  layer: HTMLElement;
  copy: Copy;
  errors: ErrorLog;
  camera: Camera;
}

/**
 * https://developers.weixin.qq.com/miniprogram/dev/api/device/scan/wx.scanCode.html. Only QR codes
 * are read here.
 */
export function scanApis({ layer, copy, errors, camera }: ScanContext): Record<string, Api> {
  return {
    scanCode: asyncApi('scanCode', errors, async (options) => {
      const { scanType, onlyFromCamera } = options;
      const isRead = !Array.isArray(scanType) || scanType.includes('qrCode');
      const nothing: Camera = () => Promise.resolve(undefined);
      const result = await scanQrCode(layer, copy, {
        camera: isRead ? camera : nothing,
        hasAlbum: isRead && onlyFromCamera !== true,
      });
      if (result === undefined) throw new Error('cancel');
      const bytes = new TextEncoder().encode(result);
      const rawData = btoa(String.fromCharCode(...bytes));
      return { result, scanType: 'QR_CODE', charSet: 'UTF-8', rawData };
    }),
  };
}
