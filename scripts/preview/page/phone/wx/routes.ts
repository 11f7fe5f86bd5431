import { eventChannel } from '../miniprogram/event-channel';
import type { OpenType, Router } from '../miniprogram/router';
import type { ErrorLog } from '../state/error-log';
import { asyncApi, isOptions, numberOption, textOption, type Api } from './async-api';

export function routeApis(router: Router, errors: ErrorLog): Record<string, Api> {
  const opening = (name: string, openType: OpenType): Api =>
    asyncApi(name, errors, (options) => {
      router.open(openType, textOption(options, 'url'));
    });
  return {
    navigateTo: asyncApi('navigateTo', errors, (options) => {
      const [opener, opened] = eventChannel((name, listener) => {
        errors.run(`${name} of an event channel`, listener);
      });
      for (const [name, listener] of Object.entries(
        isOptions(options['events']) ? options['events'] : {},
      )) {
        if (typeof listener === 'function')
          opener.on(name, (...args): unknown => Reflect.apply(listener, undefined, args));
      }
      router.open('navigate', textOption(options, 'url'), opened);
      return { eventChannel: opener };
    }),
    redirectTo: opening('redirectTo', 'redirect'),
    switchTab: opening('switchTab', 'switchTab'),
    reLaunch: opening('reLaunch', 'reLaunch'),
    navigateBack: asyncApi('navigateBack', errors, (options) => {
      router.back(numberOption(options, 'delta', 1));
    }),
  };
}
