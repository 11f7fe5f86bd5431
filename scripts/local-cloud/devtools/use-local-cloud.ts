/**
 * Uses the local cloud from WeChat DevTools, for development only. Copy this file, or the built
 * `dist/lib/use-local-cloud.js`, which brings `database` along, into your mini program, and call it
 * in `app.ts` or `app.js` before `wx.cloud` is used:
 *
 *     if (localCloudUrl !== '') useLocalCloud(wx, { url: localCloudUrl, openid: 'me' });
 *
 * with `localCloudUrl` in your configuration: `http://127.0.0.1:8787` while you develop, empty in
 * what you upload. In DevTools, tick 详情 → 本地设置 → 不校验合法域名. Functions, files and, in the
 * built file, the database and CloudIDs then reach the local cloud over `wx.request`; the rest of
 * `wx.cloud` is left as it is.
 */

interface Failed {
  errMsg: string;
}

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
    fail: (failure: Failed) => void;
  }): unknown;
  getFileSystemManager?(): {
    readFile(options: {
      filePath: string;
      success: (reply: { data: unknown }) => void;
      fail: (failure: Failed) => void;
    }): void;
  };
  downloadFile?(options: {
    url: string;
    success: (reply: { tempFilePath: string; statusCode: number }) => void;
    fail: (failure: Failed) => void;
  }): unknown;
}

export interface LocalCloudUser {
  /** The address that `npm run local-cloud` prints. */
  url: string;
  /** Who you are. In the cloud, WeChat vouches for it. */
  openid: string;
  appid?: string;
}

/** What is too large for a file to copy: the built one has it. */
export interface LargeParts {
  createDatabase(options: { send: (action: string, data: object) => Promise<unknown> }): object;
  CloudID(id: unknown): object;
  callData(data: unknown): unknown;
}

/** The SDK of the mini program gives up after this time. */
const TIMEOUT_MS = 60_000;
const FILE_NOT_FOUND = -503003;

type Options = Record<string, unknown>;
type Reply = Record<string, unknown>;

export function useLocalCloud(wx: Wx, user: LocalCloudUser, parts?: LargeParts): void {
  const post = (path: string, type: string, data: unknown): Promise<Reply> =>
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
        success: ({ data: reply, statusCode }) =>
          statusCode === 200 && typeof reply === 'object' && reply !== null
            ? resolve(reply as Reply)
            : reject(failure(-1, `request:fail ${refusalOf(reply, statusCode)}`)),
        fail: ({ errMsg }) => reject(failure(-1, errMsg)),
      });
    });
  const postJson = (path: string, data: unknown): Promise<Reply> =>
    post(path, 'application/json', data);

  const readFile = (filePath: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      wx.getFileSystemManager?.().readFile({
        filePath,
        success: ({ data }) => resolve(data),
        fail: ({ errMsg }) => reject(failure(-1, errMsg)),
      });
    });

  const download = (fileID: string): Promise<object> =>
    new Promise((resolve, reject) => {
      const path = /^cloud:\/\/[^/]+\/(.+)$/.exec(fileID)?.[1] ?? '';
      wx.downloadFile?.({
        url: `${user.url}/files/${encodeURI(path)}`,
        success: ({ tempFilePath, statusCode }) =>
          statusCode === 200
            ? resolve({ tempFilePath, statusCode, errMsg: 'cloud.downloadFile:ok' })
            : reject(
                failure(
                  FILE_NOT_FOUND,
                  `cloud.downloadFile:fail Error: errCode: ${FILE_NOT_FOUND} storage file not exists`,
                ),
              ),
        fail: ({ errMsg }) => reject(failure(-1, errMsg)),
      });
    });

  const cloud = {
    ...wx.cloud,
    init: () => undefined,
    callFunction: withCallbacks(async ({ name, data }) => {
      const sent = parts === undefined ? data : parts.callData(data);
      return checked(await postJson(`functions/${String(name)}`, sent ?? {}));
    }),
    uploadFile: withCallbacks(async ({ cloudPath, filePath }) => {
      const content = await readFile(String(filePath));
      const path = encodeURI(String(cloudPath));
      return checked(await post(`files/${path}`, 'application/octet-stream', content));
    }),
    downloadFile: withCallbacks(({ fileID }) => download(String(fileID))),
    getTempFileURL: withCallbacks(async ({ fileList }) =>
      checked(await postJson('storage/getTempFileURL', { fileList })),
    ),
    deleteFile: withCallbacks(async ({ fileList }) =>
      checked(await postJson('storage/deleteFile', { fileList })),
    ),
    database: () => {
      if (parts === undefined) throw missing('database');
      return parts.createDatabase({
        send: (action, data) => postJson('database', { action, ...data }),
      });
    },
    CloudID: (id: unknown) => {
      if (parts === undefined) throw missing('CloudID');
      return parts.CloudID(id);
    },
  };
  Object.defineProperty(wx, 'cloud', { value: cloud, configurable: true });
}

/** E.g. of a body that is too large. */
function refusalOf(reply: unknown, statusCode: number): string {
  const { error } = (reply ?? {}) as { error?: unknown };
  return typeof error === 'string' ? error : `the local cloud answered ${statusCode}`;
}

function missing(name: string): Error {
  return new Error(
    `wx.cloud.${name} is not in this copy of use-local-cloud: take dist/lib/use-local-cloud.js`,
  );
}

/** An error in the shape of the mini program's own SDK. */
function failure(errCode: number, errMsg: string): Error {
  return Object.assign(new Error(errMsg), { errCode, errMsg });
}

function checked(reply: Reply): Reply {
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
