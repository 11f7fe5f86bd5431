/** The cloud as a phone in the browser reaches it: through the preview's server, as one person. */
import type { CloudReach } from './phone/wx/cloud';
import { APPID, type Person } from './people';

/** The preview's server says so when the local cloud does not answer. */
const UNREACHED = 502;

/** @param called after each call, whatever came of it */
export function localCloudReach({ openid }: Person, called: () => void): CloudReach {
  async function post(path: string, contentType: string, body: BodyInit, signal: AbortSignal) {
    try {
      const response = await fetch(`cloud/${path}`, {
        method: 'POST',
        headers: {
          'content-type': contentType,
          'x-wx-openid': openid,
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
