/**
 * Stands for QQ's server, on loopback: the function `gateway` exchanges login codes here. The code
 * that `wx.login` hands out on a phone of the preview is good once, as it is at QQ.
 */
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { randomBytes } from 'node:crypto';
import { listenOnLoopback } from '../../lib/loopback-server';
import type { CodeIssuer } from '../server';
import { QQ_APPID } from './people';

/** Environment variables by function. */
export type FunctionVariables = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface ProviderServer extends CodeIssuer {
  /** With these the functions find this server, and the app as it is registered there. */
  readonly functionVariables: FunctionVariables;
  close(): Promise<void>;
}

/** https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html */
const INVALID_CODE = { errcode: 40029, errmsg: 'invalid code' };
const INVALID_SECRET = { errcode: 40125, errmsg: 'invalid appsecret' };
const CODE_TTL_MS = 5 * 60_000;

export async function startProvider(): Promise<ProviderServer> {
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
  const { url, close } = await listenOnLoopback(createAdaptorServer({ fetch: app.fetch }));
  return {
    issueCode: (openid) => {
      const code = randomBytes(16).toString('hex');
      codes.set(code, { openid, until: Date.now() + CODE_TTL_MS });
      return code;
    },
    functionVariables: {
      gateway: {
        GATEWAY_APPS: 'qq',
        GATEWAY_QQ_PLATFORM: 'qq',
        GATEWAY_QQ_APPID: QQ_APPID,
        GATEWAY_QQ_SECRET: secret,
        GATEWAY_QQ_URL: url,
      },
    },
    close,
  };
}
