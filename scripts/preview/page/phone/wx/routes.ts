import type { OpenType, Router } from '../miniprogram/router';
import type { ErrorLog } from '../state/error-log';
import { asyncApi, numberOption, textOption, type Api } from './async-api';

export function routeApis(router: Router, errors: ErrorLog): Record<string, Api> {
  const opening = (name: string, openType: OpenType): Api =>
    asyncApi(name, errors, (options) => {
      router.open(openType, textOption(options, 'url'));
    });
  return {
    navigateTo: opening('navigateTo', 'navigate'),
    redirectTo: opening('redirectTo', 'redirect'),
    switchTab: opening('switchTab', 'switchTab'),
    reLaunch: opening('reLaunch', 'reLaunch'),
    navigateBack: asyncApi('navigateBack', errors, (options) => {
      router.back(numberOption(options, 'delta', 1));
    }),
  };
}
