/**
 * Files over HTTP: `POST /files/PATH` for `wx.cloud.uploadFile`, `PUT /files/PATH` for uploads of
 * the SDK from a function, `GET /files/PATH` for an `<image>` with a file id. The SDKs before
 * wx-server-sdk 4 post a form, as a web page does to COS
 * (https://cloud.tencent.com/document/product/436/14690).
 *
 * The permissions are the default of the storage: everybody may read a file, only its uploader may
 * overwrite it.
 */
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { AdminError } from '../protocol/admin-error';
import { isMultipart, splitMultipart } from '../protocol/multipart';
import { fileIdOf, isCloudPath } from './cloud-path';
import type { FileStore } from './file-store';

/** Codes of https://developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/error-code.html */
const FILE_PERMISSION_DENIED = -503002;
const INVALID_PATH = -501007;

const ROUTE = '/files/';
const DEFAULT_TYPE = 'application/octet-stream';

type Form = ReadonlyMap<string, Buffer>;

export function storageRoutes(files: FileStore, limit: MiddlewareHandler): Hono {
  const app = new Hono();

  app.post(`${ROUTE}*`, limit, async (c) => {
    const form = await formOfSdk(c);
    if (form !== undefined) return saveForm(c, form);
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

  /** The SDK reads the reply as XML; nothing at all is a success. */
  async function saveForm(c: Context, form: Form | AdminError): Promise<Response> {
    if (form instanceof AdminError) return c.body(xmlError('MalformedPOSTRequest', form.message));
    const [key, content] = [form.get('key')?.toString(), form.get('file')];
    if (key === undefined || key !== pathOf(c)) {
      return c.body(xmlError('InvalidArgument', 'key is not the path that the upload is for'));
    }
    if (content === undefined) {
      return c.body(xmlError('MalformedPOSTRequest', 'the form has no file'));
    }
    await files.save({ cloudPath: key, contentType: DEFAULT_TYPE, content: Buffer.from(content) });
    return c.body(null, 204);
  }

  async function save(c: Context, cloudPath: string, openid?: string): Promise<void> {
    const contentType = c.req.header('content-type') ?? DEFAULT_TYPE;
    const content = Buffer.from(await c.req.arrayBuffer());
    await files.save({ cloudPath, contentType, content, ...(openid !== undefined && { openid }) });
  }
  return app;
}

/**
 * `undefined` for what a mini program uploads: it names its person, also where it sends a form. A
 * form of the SDK is signed.
 */
async function formOfSdk(c: Context): Promise<Form | AdminError | undefined> {
  const contentType = c.req.header('content-type') ?? '';
  if (!isMultipart(contentType) || c.req.header('x-wx-openid')) return undefined;
  try {
    const form = splitMultipart(Buffer.from(await c.req.arrayBuffer()), contentType);
    return form.has('Signature') ? form : undefined;
  } catch (error) {
    if (error instanceof AdminError) return error;
    throw error;
  }
}

/** As COS answers; the SDK reads all five. */
function xmlError(code: string, message: string): string {
  const text = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return (
    `<?xml version='1.0' encoding='utf-8' ?><Error><Code>${code}</Code>` +
    `<Message>${text}</Message><Resource/><RequestId>local</RequestId><TraceId>local</TraceId></Error>`
  );
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
