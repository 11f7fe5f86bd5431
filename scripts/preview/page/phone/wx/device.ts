import type { Environment } from '../state/environment';
import type { ErrorLog } from '../state/error-log';
import { Signal, type Listener } from '../state/signal';
import { asyncApi, type Api } from './async-api';

const LIBRARY_VERSION = '3.0.0';
const WECHAT_VERSION = '8.0.50';
/** As screen.css draws it. */
const STATUS_BAR_PX = 20;

export interface DeviceContext {
  environment: Environment;
  errors: ErrorLog;
  /** A mini program that does not declare `darkmode` is always light. */
  darkmode: boolean;
}

export function deviceApis({ environment, errors, darkmode }: DeviceContext): Record<string, Api> {
  const { device } = environment;
  const networkType = (online: boolean): string => (online ? 'wifi' : 'none');
  const networkChanged = new Signal<{ isConnected: boolean; networkType: string }>();
  const themeChanged = new Signal<{ theme: string }>();
  environment.onlineChanged.add((online) => {
    networkChanged.emit({ isConnected: online, networkType: networkType(online) });
  });
  environment.themeChanged.add((theme) => {
    if (darkmode) themeChanged.emit({ theme });
  });
  return {
    getDeviceInfo: () => ({ ...device, abi: 'arm64', benchmarkLevel: 50, memorySize: '6144' }),
    getAppBaseInfo: () => ({
      SDKVersion: LIBRARY_VERSION,
      version: WECHAT_VERSION,
      language: environment.language,
      theme: darkmode ? environment.theme : 'light',
      enableDebug: false,
      host: { env: 'WeChat' },
    }),
    getWindowInfo: () => ({
      pixelRatio: window.devicePixelRatio,
      screenWidth: window.innerWidth,
      screenHeight: window.innerHeight,
      windowWidth: window.innerWidth,
      windowHeight: window.innerHeight - STATUS_BAR_PX,
      statusBarHeight: STATUS_BAR_PX,
      screenTop: 0,
      safeArea: {
        left: 0,
        top: STATUS_BAR_PX,
        right: window.innerWidth,
        bottom: window.innerHeight,
        width: window.innerWidth,
        height: window.innerHeight - STATUS_BAR_PX,
      },
    }),
    getNetworkType: asyncApi('getNetworkType', errors, () => ({
      networkType: networkType(environment.online),
    })),
    ...listenerApis('NetworkStatusChange', networkChanged),
    ...listenerApis('ThemeChange', themeChanged),
  };
}

/** `wx.onNAME(listener)` and `wx.offNAME(listener?)`: without a listener, all of them go. */
export function listenerApis<T>(name: string, signal: Signal<T>): Record<string, Api> {
  return {
    [`on${name}`]: (listener: Listener<T>) => {
      signal.add(listener);
    },
    [`off${name}`]: (listener?: Listener<T>) => {
      if (listener) signal.remove(listener);
      else signal.clear();
    },
  };
}
