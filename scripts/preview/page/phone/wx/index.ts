import type { MiniprogramApp } from '../miniprogram/app';
import type { ErrorLog } from '../state/error-log';
import type { PageStack } from '../miniprogram/page-stack';
import type { Environment } from '../state/environment';
import { withAbsent } from './absent';
import { createAnimation } from './animation';
import { canIUse, type KnownElements } from './can-i-use';
import { cloudApis, type CloudReach } from './cloud';
import { deviceApis, listenerApis, type DeviceContext } from './device';
import { fileApis, USER_DATA_PATH } from './files';
import { fontApis } from './fonts';
import { interactionApis, type InteractionContext } from './interaction';
import { KNOWN_FUNCTIONS } from './known-names';
import { mediaApis, type MediaContext } from './media';
import { networkApis, type NetworkReach } from './network';
import { pageApis, type PageApisContext } from './page-apis';
import { personApis, type PersonContext } from './person';
import { placeApis, type PlacesContext } from './places';
import { privacyApis } from './privacy';
import type { Router } from '../miniprogram/router';
import { scanApis, type ScanContext } from './scan';
import { settingApis, type SettingsContext } from './settings';
import { smallApis, type SmallApisContext } from './small-apis';
import { routeApis } from './routes';
import { storageApis, type KeyValueStore } from './storage';
import type { Privacy } from '../state/privacy';
import type { TabBarState } from '../state/tab-bar-state';
import type { TempFiles } from '../state/temp-files';
import { tabBarApis } from './tab-bar';

type PartContexts = InteractionContext &
  ScanContext &
  DeviceContext &
  MediaContext &
  PageApisContext &
  PersonContext &
  PlacesContext &
  SettingsContext &
  SmallApisContext;

export interface WxContext extends PartContexts {
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
  tabBarState: TabBarState;
  tabCount: number;
  elements: KnownElements;
}

/** `wx` as one phone's mini program sees it: a plain object, which it may add to and change. */
export function createWx(context: WxContext): Record<string, unknown> {
  const { app, router, environment, errors, store, cloud, tempFiles } = context;
  const members: Record<string, unknown> = {
    cloud: cloudApis({ cloud, tempFiles, environment, errors }),
    env: { USER_DATA_PATH },
    canIUse: (schema: unknown) => canIUse(schema, members, context.elements),
    nextTick: (callback: () => void) => {
      queueMicrotask(() => {
        errors.run('wx.nextTick', callback);
      });
    },
    getLaunchOptionsSync: () => app.launchOptions,
    getEnterOptionsSync: () => app.launchOptions,
    createAnimation,
    ...listenerApis('AppShow', app.shown),
    ...listenerApis('AppHide', app.hidden),
    ...deviceApis(context),
    ...fileApis(tempFiles, errors),
    ...fontApis(errors),
    ...interactionApis(context),
    ...mediaApis(context),
    ...networkApis(context),
    ...pageApis(context),
    ...personApis(context),
    ...placeApis(context),
    ...privacyApis(context),
    ...scanApis(context),
    ...settingApis(context),
    ...smallApis(context),
    ...routeApis(router, errors),
    ...storageApis(store, errors),
    ...tabBarApis(context.tabBarState, context.tabCount, errors),
  };
  return withAbsent('wx', KNOWN_FUNCTIONS, members, errors);
}
