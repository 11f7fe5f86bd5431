/** The cloud as a phone in the browser reaches it: through the preview's server, as one person. */
import type { CloudReach } from './phone/wx/cloud';
import type { NetworkReach } from './phone/wx/network';
import { APPID, QQ_APPID, type Person, type Platform } from '../this-app/people';

/** The preview's server says so when the local cloud does not answer. */
const UNREACHED = 502;

/** @param called after each call, whatever came of it */
export function localCloudReach({ openids }: Person, called: () => void): CloudReach {
  async function post(path: string, contentType: string, body: BodyInit, signal: AbortSignal) {
    try {
      const response = await fetch(`cloud/${path}`, {
        method: 'POST',
        headers: {
          'content-type': contentType,
          'x-wx-openid': openids.wechat,
          'x-wx-appid': APPID,
          'x-wx-source': 'wx_client',
        },
        body,
        signal,
      });
      if (response.status === UNREACHED) throw new Error('the cloud cannot be reached');
      const reply: unknown = await response.json();
      return reply;
    } finally {
      called();
    }
  }
  return {
    callFunction: (name, data, signal) =>
      post(
        `functions/${encodeURIComponent(name)}`,
        'application/json',
        JSON.stringify(data),
        signal,
      ),
    uploadFile: (cloudPath, { type, content }, signal) =>
      post(`files/${encodeURI(cloudPath)}`, type, content, signal),
    fileUrl: (fileId) => {
      const [, path] = /^cloud:\/\/[^/]+\/(.+)$/.exec(fileId) ?? [];
      return path === undefined ? undefined : `cloud/files/${encodeURI(path)}`;
    },
  };
}

/** What a phone reaches without the cloud: the gateway's address, and the platform's server, which knows the person. */
export function networkReach(
  { openids }: Person,
  platform: Platform,
  called: () => void,
): NetworkReach {
  return {
    appid: platform === 'qq' ? QQ_APPID : APPID,
    loginCode: async () => {
      const response = await fetch('provider/codes', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ openid: openids[platform] }),
      });
      if (!response.ok) throw new Error('the provider cannot be reached');
      return response.text();
    },
    request: async ({ url, method, header: headers, body }, signal) => {
      try {
        const response = await fetch(url, {
          method,
          headers,
          signal,
          ...(body === undefined ? {} : { body }),
        });
        if (response.status === UNREACHED) throw new Error('the server cannot be reached');
        return {
          statusCode: response.status,
          header: Object.fromEntries(response.headers),
          text: await response.text(),
        };
      } finally {
        called();
      }
    },
  };
}
