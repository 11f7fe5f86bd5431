import type { MiniprogramApp } from '../miniprogram/app';
import type { ErrorLog } from '../state/error-log';
import type { PageStack } from '../miniprogram/page-stack';
import type { Environment } from '../state/environment';
import { cloudApis, type CloudReach } from './cloud';
import { deviceApis, listenerApis } from './device';
import { interactionApis, type InteractionContext } from './interaction';
import { networkApis, type NetworkReach } from './network';
import { onlyThese } from './only-these';
import { privacyApis } from './privacy';
import type { Router } from '../miniprogram/router';
import { scanApis, type ScanContext } from './scan';
import { routeApis } from './routes';
import { storageApis, type KeyValueStore } from './storage';
import type { Privacy } from '../state/privacy';
import type { TabTexts } from '../state/tab-texts';
import type { TempFiles } from '../state/temp-files';
import { tabBarApis } from './tab-bar';

export interface WxContext extends InteractionContext, ScanContext {
  app: MiniprogramApp;
  stack: PageStack;
  router: Router;
  environment: Environment;
  errors: ErrorLog;
  store: KeyValueStore;
  cloud: CloudReach;
  network: NetworkReach;
  tempFiles: TempFiles;
  privacy: Privacy;
  tabTexts: TabTexts;
  tabCount: number;
  darkmode: boolean;
}

/** `wx` as one phone's mini program sees it. Reading an API that is not here throws. */
export function createWx(context: WxContext): Record<string, unknown> {
  const { app, stack, router, environment, errors, store, cloud, tempFiles } = context;
  return onlyThese('wx', {
    cloud: cloudApis({ cloud, tempFiles, environment, errors }),
    env: { USER_DATA_PATH: 'http://usr' },
    nextTick: (callback: () => void) => {
      queueMicrotask(() => {
        errors.run('wx.nextTick', callback);
      });
    },
    getLaunchOptionsSync: () => app.launchOptions,
    getEnterOptionsSync: () => app.launchOptions,
    ...listenerApis('AppShow', app.shown),
    ...listenerApis('AppHide', app.hidden),
    ...deviceApis(context),
    ...interactionApis(context),
    ...networkApis(context),
    ...privacyApis(context),
    ...scanApis(context),
    ...routeApis(router, stack, errors),
    ...storageApis(store, errors),
    ...tabBarApis(context.tabTexts, context.tabCount, errors),
  });
}
