/** The cloud as a phone in the browser reaches it: through the preview's server, as one person. */
import { isRecord } from './shared/is-record';
import type { CloudReach } from './phone/wx/cloud';
import type { NetworkReach } from './phone/wx/network';

/** What the preview's server replies when the local cloud does not. */
const UNREACHED = 502;

/** A person as a provider knows them, in one mini program. */
interface Caller {
  openid: string;
  appid: string;
}

/** A watch asks again and again: nobody needs to know each time. */
const REPEATED = 'again';

/** @param called runs after each call, also after one that failed */
export function localCloudReach({ openid, appid }: Caller, called: () => void): CloudReach {
  async function post(
    path: string,
    contentType: string,
    body: BodyInit,
    signal: AbortSignal,
    done = called,
  ) {
    try {
      const response = await fetch(`cloud/${path}`, {
        method: 'POST',
        headers: {
          'content-type': contentType,
          'x-wx-openid': openid,
          'x-wx-appid': appid,
          'x-wx-source': 'wx_client',
        },
        body,
        signal,
      });
      if (response.status === UNREACHED) throw new Error('the cloud cannot be reached');
      const reply: unknown = await response.json();
      // The local cloud itself refuses, e.g. a body that is too large.
      if (!response.ok) throw new Error(String(isRecord(reply) ? reply['error'] : response.status));
      return reply;
    } finally {
      done();
    }
  }
  const fileUrl = (fileId: string): string | undefined => {
    const [, path] = /^cloud:\/\/[^/]+\/(.+)$/.exec(fileId) ?? [];
    return path === undefined ? undefined : `cloud/files/${encodeURI(path)}`;
  };
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
    askForFiles: async (api, fileList, signal) => {
      const body = JSON.stringify({ fileList });
      const reply = await post(`storage/${api}`, 'application/json', body, signal);
      return reachable(reply, fileUrl);
    },
    downloadFile: async (fileId, signal) => {
      const url = fileUrl(fileId);
      if (url === undefined) return undefined;
      const response = await fetch(url, { signal });
      if (response.status === UNREACHED) throw new Error('the cloud cannot be reached');
      if (!response.ok) return undefined;
      const type = response.headers.get('content-type') ?? 'application/octet-stream';
      return { type, content: new Uint8Array(await response.arrayBuffer()) };
    },
    askDatabase: (action, data, signal) => {
      const isRepeated = 'watch' in data && data.watch === REPEATED;
      const body = JSON.stringify({ action, ...data });
      const done = isRepeated ? () => undefined : called;
      return post('database', 'application/json', body, signal, done);
    },
    fileUrl,
  };
}

/** Gives files the URLs by which the browser finds them: it may load none of another server. */
function reachable(reply: unknown, fileUrl: (fileId: string) => string | undefined): unknown {
  if (!isRecord(reply) || !Array.isArray(reply['fileList'])) return reply;
  const fileList = reply['fileList'].map((file: unknown) => {
    const { fileID, tempFileURL } = isRecord(file) ? file : {};
    const url = typeof fileID === 'string' && tempFileURL !== '' ? fileUrl(fileID) : undefined;
    return tempFileURL === undefined || url === undefined
      ? file
      : { ...(file as object), tempFileURL: new URL(url, location.href).href };
  });
  return { ...reply, fileList };
}

/** What a phone reaches without the cloud: servers, and the provider, which knows the person. */
export function networkReach({ openid, appid }: Caller, called: () => void): NetworkReach {
  return {
    appid,
    loginCode: async () => {
      const response = await fetch('provider/codes', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ openid }),
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
