/**
 * Files over HTTP: `POST /files/PATH` for `wx.cloud.uploadFile`, `PUT /files/PATH` for uploads of
 * the SDK from a function, `GET /files/PATH` for an `<image>` with a file id.
 *
 * The permissions are the default of the storage: everybody may read a file, only its uploader may
 * overwrite it.
 */
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { fileIdOf, isCloudPath } from './cloud-path';
import type { FileStore } from './file-store';

/** Codes of https://developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/error-code.html */
const FILE_PERMISSION_DENIED = -503002;
const INVALID_PATH = -501007;

const ROUTE = '/files/';

export function storageRoutes(files: FileStore, limit: MiddlewareHandler): Hono {
  const app = new Hono();

  app.post(`${ROUTE}*`, limit, async (c) => {
    const cloudPath = pathOf(c);
    if (cloudPath === undefined) return c.json(failure(INVALID_PATH, 'invalid cloudPath'));
    const openid = c.req.header('x-wx-openid') || undefined;
    const existing = await files.read(cloudPath);
    const mayWrite = openid !== undefined && (existing === undefined || existing.openid === openid);
    if (!mayWrite) return c.json(failure(FILE_PERMISSION_DENIED, 'cloud file permission denied'));
    await save(c, cloudPath, openid);
    return c.json({ fileID: fileIdOf(cloudPath), statusCode: 204, errMsg: 'cloud.uploadFile:ok' });
  });

  app.put(`${ROUTE}*`, limit, async (c) => {
    const cloudPath = pathOf(c);
    if (cloudPath === undefined) return c.body(null, 400);
    await save(c, cloudPath);
    return c.body(null, 200);
  });

  app.get(`${ROUTE}*`, async (c) => {
    const cloudPath = pathOf(c);
    const file = cloudPath === undefined ? undefined : await files.read(cloudPath);
    if (file === undefined) return c.json({ error: 'There is no such file.' }, 404);
    return c.body(new Uint8Array(file.content), 200, {
      'content-type': file.contentType,
      // An uploaded page must not run with the origin of this server.
      'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
      'x-content-type-options': 'nosniff',
    });
  });

  async function save(c: Context, cloudPath: string, openid?: string): Promise<void> {
    const contentType = c.req.header('content-type') ?? 'application/octet-stream';
    const content = Buffer.from(await c.req.arrayBuffer());
    await files.save({ cloudPath, contentType, content, ...(openid !== undefined && { openid }) });
  }
  return app;
}

function pathOf(c: Context): string | undefined {
  const { pathname } = new URL(c.req.url);
  try {
    const path = decodeURIComponent(pathname.slice(ROUTE.length));
    return isCloudPath(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function failure(errCode: number, message: string): object {
  return { errCode, errMsg: `cloud.uploadFile:fail Error: errCode: ${errCode} | ${message}` };
}
