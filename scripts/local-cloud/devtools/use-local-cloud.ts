/**
 * The local cloud from inside WeChat DevTools, for development only. Copy this file into your mini program, and call it in
 * `app.ts` before `wx.cloud` is used:
 *
 *     if (localCloudUrl !== '') useLocalCloud(wx, { url: localCloudUrl, openid: 'me' });
 *
 * with `localCloudUrl` in your config file: `http://127.0.0.1:8787` while you develop, empty in what you upload. In DevTools,
 * 详情 → 本地设置 → 不校验合法域名 has to be ticked. `wx.cloud.callFunction` and `wx.cloud.uploadFile` then reach the local cloud
 * over `wx.request`; everything else of `wx.cloud` stays as it is.
 */

interface RequestSuccess {
  data: unknown;
  statusCode: number;
}

/** What is used of `wx`. */
interface Wx {
  cloud?: object;
  request(options: {
    url: string;
    method: 'POST';
    data: unknown;
    header: Record<string, string>;
    timeout: number;
    success: (reply: RequestSuccess) => void;
    fail: (failure: { errMsg: string }) => void;
  }): unknown;
  getFileSystemManager?(): {
    readFile(options: {
      filePath: string;
      success: (reply: { data: unknown }) => void;
      fail: (failure: { errMsg: string }) => void;
    }): void;
  };
}

export interface LocalCloudUser {
  /** Where `npm run local-cloud` says it is. */
  url: string;
  /** Who you are. In the cloud WeChat says that; here you do. */
  openid: string;
  appid?: string;
}

/** The SDK of the mini program gives up after so long. */
const TIMEOUT_MS = 60_000;

type Options = Record<string, unknown>;

export function useLocalCloud(wx: Wx, user: LocalCloudUser): void {
  const post = (path: string, type: string, data: unknown): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      wx.request({
        url: `${user.url}/${path}`,
        method: 'POST',
        data,
        header: {
          'content-type': type,
          'x-wx-openid': user.openid,
          'x-wx-appid': user.appid ?? 'touristappid',
          'x-wx-source': 'wx_devtools',
        },
        timeout: TIMEOUT_MS,
        success: ({ data: reply }) => resolve(reply as Record<string, unknown>),
        fail: ({ errMsg }) => reject(failure(-1, errMsg)),
      });
    });

  const readFile = (filePath: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      wx.getFileSystemManager?.().readFile({
        filePath,
        success: ({ data }) => resolve(data),
        fail: ({ errMsg }) => reject(failure(-1, errMsg)),
      });
    });

  const cloud = {
    ...wx.cloud,
    init: () => undefined,
    callFunction: withCallbacks(async ({ name, data }) =>
      checked(await post(`functions/${String(name)}`, 'application/json', data ?? {})),
    ),
    uploadFile: withCallbacks(async ({ cloudPath, filePath }) => {
      const content = await readFile(String(filePath));
      const path = encodeURI(String(cloudPath));
      return checked(await post(`files/${path}`, 'application/octet-stream', content));
    }),
  };
  Object.defineProperty(wx, 'cloud', { value: cloud, configurable: true });
}

/** As the mini program's own SDK fails. */
function failure(errCode: number, errMsg: string): Error {
  return Object.assign(new Error(errMsg), { errCode, errMsg });
}

function checked(reply: Record<string, unknown>): Record<string, unknown> {
  const { errCode, errMsg } = reply;
  if (typeof errCode === 'number' && errCode !== 0) throw failure(errCode, String(errMsg));
  return reply;
}

/** A promise, or, with any of `success`, `fail` and `complete`, those. */
function withCallbacks(run: (options: Options) => Promise<unknown>) {
  return (options: Options): Promise<unknown> | undefined => {
    const { success, fail, complete } = options as Record<
      string,
      ((value: unknown) => void) | undefined
    >;
    const outcome = run(options);
    if (success === undefined && fail === undefined && complete === undefined) return outcome;
    outcome.then(
      (reply) => {
        success?.(reply);
        complete?.(reply);
      },
      (error: unknown) => {
        fail?.(error);
        complete?.(error);
      },
    );
    return undefined;
  };
}
