/** The web site of the preview, on which people sign in by a phone: the third screen. */
import type { FunctionVariables } from '../app/provider-server';

const SITE = 'shop';

/** What the sample page has to know. */
export interface WebSiteConfig {
  gateway: string;
  site: string;
}

export function webSiteConfig(cloudUrl: string): WebSiteConfig {
  return { gateway: `${cloudUrl}/http/gateway`, site: SITE };
}

/** @param port of the preview, which serves the page */
export function webSiteVariables(port: number): FunctionVariables {
  const origins = ['127.0.0.1', 'localhost'].map((host) => `http://${host}:${String(port)}`);
  return {
    gateway: {
      GATEWAY_SITES: SITE,
      GATEWAY_SITE_SHOP_NAME: '小店',
      GATEWAY_SITE_SHOP_ORIGINS: origins.join(','),
      // The local cloud takes the path away under which it calls the gateway.
      GATEWAY_VERIFICATION_URI: `${origins[0] ?? ''}/cloud/http/gateway/v1/device`,
    },
  };
}
