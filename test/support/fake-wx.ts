/**
 * The part of `wx` that this mini program uses, for component tests: miniprogram-simulate has no
 * `wx.cloud`, forgets what is stored, and confirms every question. Install it before the component
 * is mounted.
 */

export interface FakeWx {
  /** What each cloud function answers; one that is not here is not deployed. */
  functions: Record<string, (data: Record<string, unknown>) => unknown>;
  /** What was stored, by key. */
  readonly storage: Map<string, unknown>;
  /**
   * `callFunction login`, `navigateTo /pages/legal/index?name=terms`, `showToast 已保存` ... in order.
   */
  readonly heard: string[];
  /** What the person taps in a modal, and the item in an action sheet. */
  confirms: boolean;
  chooses: number | undefined;
  /** What `wx.scanCode` finds; `undefined`: the person closes it. A string: it fails, saying so. */
  scans: { result: string; path?: string } | string | undefined;
  /** How many pages lie over each other. */
  pages: number;
}

/** @param language what WeChat is set to */
export function installFakeWx(language = 'zh_CN'): FakeWx {
  const fake: FakeWx = {
    functions: {},
    storage: new Map(),
    heard: [],
    confirms: true,
    chooses: 0,
    scans: undefined,
    pages: 2,
  };
  const hear = (name: string, what: unknown): void => {
    fake.heard.push(`${name} ${String(what)}`);
  };
  const listening = (): void => undefined;
  const wx = {
    cloud: {
      init: () => undefined,
      async callFunction({ name, data }: { name: string; data: Record<string, unknown> }) {
        hear('callFunction', name);
        await Promise.resolve();
        const run = fake.functions[name];
        if (run === undefined) throw Object.assign(new Error(name), { errCode: -501000 });
        return { result: run(data), errMsg: 'cloud.callFunction:ok' };
      },
      uploadFile({ cloudPath }: { cloudPath: string }) {
        hear('uploadFile', cloudPath);
        return Promise.resolve({ fileID: `cloud://env/${cloudPath}`, statusCode: 204 });
      },
    },
    getAppBaseInfo: () => ({ language }),
    getDeviceInfo: () => ({ brand: 'iPhone', model: 'iPhone 15<iPhone15,4>', platform: 'ios' }),
    getStorageSync: (key: string) => fake.storage.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void fake.storage.set(key, value),
    removeStorageSync: (key: string) => void fake.storage.delete(key),
    onNetworkStatusChange: listening,
    onNeedPrivacyAuthorization: listening,
    openPrivacyContract: () => hear('openPrivacyContract', ''),
    setTabBarItem: () => Promise.resolve(),
    setNavigationBarTitle: ({ title }: { title: string }) => {
      hear('setNavigationBarTitle', title);
      return Promise.resolve();
    },
    navigateTo: ({ url }: { url: string }) => {
      hear('navigateTo', url);
      return Promise.resolve();
    },
    switchTab: ({ url }: { url: string }) => {
      hear('switchTab', url);
      return Promise.resolve();
    },
    scanCode: () => {
      hear('scanCode', '');
      const { scans = 'scanCode:fail cancel' } = fake;
      if (typeof scans === 'string') {
        return Promise.reject(Object.assign(new Error(scans), { errMsg: scans }));
      }
      const scanType = scans.path === undefined ? 'QR_CODE' : 'WX_CODE';
      return Promise.resolve({
        ...{ charSet: 'utf-8', rawData: '', scanType, errMsg: 'scanCode:ok' },
        ...scans,
      });
    },
    navigateBack: () => {
      hear('navigateBack', '');
      return Promise.resolve();
    },
    showToast: ({ title }: { title: string }) => {
      hear('showToast', title);
      return Promise.resolve();
    },
    showModal: ({ title }: { title: string }) => {
      hear('showModal', title);
      return Promise.resolve({ confirm: fake.confirms, cancel: !fake.confirms });
    },
    showActionSheet: ({ itemList }: { itemList: string[] }) => {
      hear('showActionSheet', itemList.join('|'));
      return fake.chooses === undefined
        ? Promise.reject(new Error('showActionSheet:fail cancel'))
        : Promise.resolve({ tapIndex: fake.chooses });
    },
  };
  Object.assign(globalThis, {
    wx,
    getCurrentPages: (): object[] => Array.from({ length: fake.pages }, () => ({})),
  });
  return fake;
}

/** What `login` and `session` answer about a session that began at `createdAt`. */
export function sessionInfo(id: string, changes: object = {}): object {
  const createdAt = Date.UTC(2026, 0, 15, 8);
  return {
    id,
    device: { name: 'iPhone 15', platform: 'ios' },
    createdAt,
    renewedAt: createdAt,
    expiresAt: createdAt + 7 * 86_400_000,
    absoluteExpiresAt: createdAt + 30 * 86_400_000,
    current: true,
    ...changes,
  };
}

export const signedInReply = { ok: true, sessionToken: 'id.secret', session: sessionInfo('id') };

export const profileReply = (nickname = '', avatarFileId = '') => ({
  ok: true,
  profile: { nickname, avatarFileId },
  avatarFolder: 'avatars/x',
});

/** The phone as it is left by a sign-in. */
export const storedSession = [
  'session',
  { token: 'id.secret', session: sessionInfo('id') },
] as const;
