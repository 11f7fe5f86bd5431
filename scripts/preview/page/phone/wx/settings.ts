import { showModal } from '../chrome/modal';
import { showSettings } from '../chrome/settings-sheet';
import type { Copy } from '../chrome/copy';
import type { ErrorLog } from '../state/error-log';
import type { Permissions } from '../state/permissions';
import { asyncApi, textOption, type Api } from './async-api';

export interface SettingsContext {
  permissions: Permissions;
  layer: HTMLElement;
  copy: Copy;
  errors: ErrorLog;
}

/** https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/authorize.html */
const SCOPE = /^scope\.\w+$/;

export function settingApis(context: SettingsContext): Record<string, Api> {
  const { permissions, errors } = context;
  const setting = (options: Record<string, unknown>): object => ({
    authSetting: permissions.answers,
    ...(options['withSubscriptions'] === true && {
      subscriptionsSetting: { mainSwitch: true, itemSettings: {} },
    }),
  });
  return {
    getSetting: asyncApi('getSetting', errors, setting),
    openSetting: asyncApi('openSetting', errors, async (options) => {
      await openSetting(context);
      return setting(options);
    }),
    authorize: asyncApi('authorize', errors, async (options) => {
      const scope = textOption(options, 'scope');
      if (!SCOPE.test(scope)) throw new Error('invalid scope');
      await permissions.authorize(scope);
    }),
    getAppAuthorizeSetting: () => ({
      albumAuthorized: 'authorized',
      bluetoothAuthorized: 'authorized',
      cameraAuthorized: 'authorized',
      locationAuthorized: 'authorized',
      locationReducedAccuracy: false,
      microphoneAuthorized: 'authorized',
      notificationAuthorized: 'authorized',
      phoneCalendarAuthorized: 'authorized',
    }),
  };
}

/** @returns what is allowed when the person leaves */
export async function openSetting({
  permissions,
  layer,
  copy,
}: Omit<SettingsContext, 'errors'>): Promise<Record<string, boolean>> {
  await showSettings(layer, copy, permissions.answers, (scope, allowed) => {
    permissions.set(scope, allowed);
  });
  return permissions.answers;
}

/** WeChat's question before a scope is used for the first time. */
export function askForScope(layer: HTMLElement, copy: Copy, scope: string): Promise<boolean> {
  return showModal(layer, {
    title: copy.permissionTitle,
    content: copy.scopes[scope] ?? scope,
    confirmText: copy.allow,
    cancelText: copy.doNotAllow,
    confirmColor: '',
    cancelColor: '',
  }).then(({ confirmed }) => confirmed);
}
