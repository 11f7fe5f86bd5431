/**
 * The platforms' server that exchanges login codes, on loopback, for the function `gateway`: what `wx.login` of a phone in the
 * preview hands out is good here once, as at WeChat and QQ.
 */
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { randomBytes } from 'node:crypto';
import { QQ_APPID } from './people';

export interface PreviewPlatform {
  /** A login code of this person. */
  issueCode(openid: string): string;
  /** The environment variables with which `gateway` finds this server and its app there. */
  readonly variables: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html */
const INVALID_CODE = { errcode: 40029, errmsg: 'invalid code' };
const INVALID_SECRET = { errcode: 40125, errmsg: 'invalid appsecret' };
const CODE_TTL_MS = 5 * 60_000;

export async function createPlatform(): Promise<PreviewPlatform> {
  const secret = randomBytes(16).toString('hex');
  const codes = new Map<string, { openid: string; until: number }>();
  const app = new Hono();
  app.get('/sns/jscode2session', (context) => {
    const { appid, secret: given, js_code: code = '' } = context.req.query();
    if (appid !== QQ_APPID || given !== secret) return context.json(INVALID_SECRET);
    const issued = codes.get(code);
    codes.delete(code);
    if (issued === undefined || issued.until < Date.now()) return context.json(INVALID_CODE);
    return context.json({ openid: issued.openid, session_key: randomBytes(16).toString('base64') });
  });
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    issueCode: (openid) => {
      const code = randomBytes(16).toString('hex');
      codes.set(code, { openid, until: Date.now() + CODE_TTL_MS });
      return code;
    },
    variables: {
      GATEWAY_APPS: 'qq',
      GATEWAY_QQ_PLATFORM: 'qq',
      GATEWAY_QQ_APPID: QQ_APPID,
      GATEWAY_QQ_SECRET: secret,
      GATEWAY_QQ_URL: `http://127.0.0.1:${String(port)}`,
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
