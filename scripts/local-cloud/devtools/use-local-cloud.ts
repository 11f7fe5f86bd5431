/**
 * Uses the local cloud from WeChat DevTools, for development only. Copy this file into your mini
 * program, and call it in `app.ts` before `wx.cloud` is used:
 *
 *     if (localCloudUrl !== '') useLocalCloud(wx, { url: localCloudUrl, openid: 'me' });
 *
 * with `localCloudUrl` in your configuration: `http://127.0.0.1:8787` while you develop, empty in
 * what you upload. In DevTools, tick 详情 → 本地设置 → 不校验合法域名. `wx.cloud.callFunction` and
 * `wx.cloud.uploadFile` then reach the local cloud over `wx.request`; the rest of `wx.cloud` is
 * left as it is.
 */

interface RequestSuccess {
  data: unknown;
  statusCode: number;
}

/** The parts of `wx` that are used here. */
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
  /** The address that `npm run local-cloud` prints. */
  url: string;
  /** Who you are. In the cloud, WeChat vouches for it. */
  openid: string;
  appid?: string;
}

/** The SDK of the mini program gives up after this time. */
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

/** An error in the shape of the mini program's own SDK. */
function failure(errCode: number, errMsg: string): Error {
  return Object.assign(new Error(errMsg), { errCode, errMsg });
}

function checked(reply: Record<string, unknown>): Record<string, unknown> {
  const { errCode, errMsg } = reply;
  if (typeof errCode === 'number' && errCode !== 0) throw failure(errCode, String(errMsg));
  return reply;
}

/** Returns a promise, or calls `success`, `fail` and `complete` if any of them is given. */
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
