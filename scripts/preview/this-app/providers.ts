import type { Provider } from '../app/preview-app';

export const QQ_APPID = '1100000000';

/** QQ has no Cloud Development: there the mini program signs in over HTTP, through the gateway. */
export const PROVIDERS = {
  wechat: { name: { zh: '微信', en: 'WeChat' }, appid: 'wx0000000000preview' },
  qq: {
    name: { zh: 'QQ', en: 'QQ' },
    appid: QQ_APPID,
    settings: {
      transport: 'http',
      // Where the preview's server has the local cloud's HTTP access.
      gateway: { url: '/cloud/http/gateway', platform: 'qq' },
    },
  },
} satisfies Record<string, Provider>;

export type ProviderId = keyof typeof PROVIDERS;
