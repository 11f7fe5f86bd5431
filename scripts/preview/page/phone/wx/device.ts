import type { Environment } from '../state/environment';
import type { ErrorLog } from '../state/error-log';
import { Signal, type Listener } from '../state/signal';
import { asyncApi, atOnce, type Api } from './async-api';

const LIBRARY_VERSION = '3.0.0';
const WECHAT_VERSION = '8.0.50';
/** As screen.css draws them. */
const STATUS_BAR_PX = 20;
const NAVIGATION_BAR_PX = 44;
const CAPSULE = { width: 87, height: 32, right: 7, top: 26 };

export interface DeviceContext {
  environment: Environment;
  errors: ErrorLog;
  /** A mini program that does not declare `darkmode` is always light, and hears of no theme. */
  darkmode: boolean;
  /** How high the page on the screen is, without the bars; `undefined` while there is none. */
  pageHeight: () => number | undefined;
}

export function deviceApis(context: DeviceContext): Record<string, Api> {
  const { environment, errors, darkmode, pageHeight } = context;
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
  const deviceInfo = (): object => ({
    ...device,
    abi: 'arm64',
    benchmarkLevel: 50,
    memorySize: '6144',
  });
  const appBaseInfo = (): object => ({
    SDKVersion: LIBRARY_VERSION,
    version: WECHAT_VERSION,
    language: environment.language,
    ...(darkmode && { theme: environment.theme }),
    enableDebug: false,
    fontSizeSetting: 16,
    host: { env: 'WeChat' },
  });
  const windowInfo = (): object => ({
    pixelRatio: window.devicePixelRatio,
    screenWidth: window.innerWidth,
    screenHeight: window.innerHeight,
    windowWidth: window.innerWidth,
    windowHeight: pageHeight() ?? window.innerHeight - STATUS_BAR_PX - NAVIGATION_BAR_PX,
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
  });
  const systemSetting = (): object => ({
    bluetoothEnabled: true,
    locationEnabled: true,
    wifiEnabled: true,
    deviceOrientation: 'portrait',
  });
  const systemInfo = (): object => ({
    ...deviceInfo(),
    ...appBaseInfo(),
    ...windowInfo(),
    ...systemSetting(),
    albumAuthorized: true,
    cameraAuthorized: true,
    locationAuthorized: true,
    microphoneAuthorized: true,
    notificationAuthorized: true,
  });
  const battery = (): object => ({ level: 80, isCharging: false, isLowPowerModeEnabled: false });
  return {
    getDeviceInfo: deviceInfo,
    getAppBaseInfo: appBaseInfo,
    getWindowInfo: windowInfo,
    getSystemSetting: systemSetting,
    getSystemInfoSync: systemInfo,
    getSystemInfo: atOnce('getSystemInfo', errors, systemInfo),
    getSystemInfoAsync: asyncApi('getSystemInfoAsync', errors, systemInfo),
    getMenuButtonBoundingClientRect: () => {
      const { width, height, right, top } = CAPSULE;
      const left = window.innerWidth - right - width;
      return { width, height, top, left, right: left + width, bottom: top + height };
    },
    getBatteryInfoSync: battery,
    getBatteryInfo: asyncApi('getBatteryInfo', errors, battery),
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
