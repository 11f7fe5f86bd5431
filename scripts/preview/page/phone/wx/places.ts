import { showActionSheet } from '../chrome/action-sheet';
import type { Copy } from '../chrome/copy';
import { showModal } from '../chrome/modal';
import type { ErrorLog } from '../state/error-log';
import type { Permissions } from '../state/permissions';
import type { Privacy } from '../state/privacy';
import { asyncApi, numberOption, textOption, type Api } from './async-api';

export interface PlacesContext {
  permissions: Permissions;
  privacy: Privacy;
  layer: HTMLElement;
  copy: Copy;
  errors: ErrorLog;
}

/** Every phone of the preview is at the first of `copy.places`. */
const COORDINATES: readonly (readonly [latitude: number, longitude: number])[] = [
  [22.52291, 113.93541],
  [23.10229, 113.32448],
];

/** https://developers.weixin.qq.com/miniprogram/dev/api/location/wx.getLocation.html */
export function placeApis(context: PlacesContext): Record<string, Api> {
  const { permissions, privacy, layer, copy, errors } = context;
  const [latitude, longitude] = COORDINATES[0] ?? [0, 0];
  return {
    getLocation: asyncApi('getLocation', errors, async () => {
      await privacy.authorize('getLocation');
      await permissions.authorize('scope.userLocation');
      const accuracy = { accuracy: 65, verticalAccuracy: 65, horizontalAccuracy: 65 };
      return { latitude, longitude, speed: -1, altitude: 0, ...accuracy };
    }),
    getFuzzyLocation: asyncApi('getFuzzyLocation', errors, async () => {
      await privacy.authorize('getFuzzyLocation');
      await permissions.authorize('scope.userFuzzyLocation');
      return { latitude, longitude };
    }),
    chooseLocation: asyncApi('chooseLocation', errors, async () => {
      await privacy.authorize('chooseLocation');
      const names = copy.places.map(([name]) => name);
      const chosen = await showActionSheet(layer, names, copy.cancel);
      if (chosen === undefined) throw new Error('cancel');
      const [name = '', address = ''] = copy.places[chosen] ?? [];
      const [at, along] = COORDINATES[chosen] ?? [latitude, longitude];
      return { name, address, latitude: at, longitude: along };
    }),
    openLocation: asyncApi('openLocation', errors, async (options) => {
      const at = [numberOption(options, 'latitude', 0), numberOption(options, 'longitude', 0)];
      await showModal(layer, {
        title: textOption(options, 'name', at.join(', ')),
        content: textOption(options, 'address', at.join(', ')),
        confirmText: copy.confirm,
        confirmColor: '',
        cancelColor: '',
      });
    }),
  };
}
