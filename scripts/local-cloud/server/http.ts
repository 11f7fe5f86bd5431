/** The endpoints of the local cloud over HTTP. */
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { IncomingMessage, RequestListener } from 'node:http';
import { answerAction, type AdminDependencies } from './admin';
import { adminListener, isAdminRequest } from './admin-http';
import { FAILED, NOT_OWN, tooLarge } from './refusals';
import { applyControl, controlState, type Controlled } from './control';
import { clientRoutes } from '../client-access/client-routes';
import { NotWritten } from '../database/store/commit';
import type { CallerIdentity } from '../environment/caller';
import { replyText } from '../functions/call-reply';
import { answerHttp } from '../functions/http-access';
import type { CallFunctionAs } from '../functions/nested-call';
import { isOwnRequest } from './loopback';
import { CLOUD_ID_MARK } from '../open-interfaces/open-data';
import { storageRoutes } from '../storage/storage-routes';

export interface HttpDependencies extends AdminDependencies, Controlled {
  callFunction: CallFunctionAs;
}

/** The limit of the platform for the data of a call. */
const MAX_CALL_BYTES = 6 * 1024 * 1024;

/** The cloud takes larger files; here they are held in memory. */
const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** DevTools use it for mini programs without an appid of their own. */
const DEFAULT_APPID = 'touristappid';

export function createListener(dependencies: HttpDependencies): RequestListener {
  const onAdmin = adminListener(dependencies);
  const onOthers = getRequestListener(createApp(dependencies).fetch, {
    autoCleanupIncoming: false,
  });
  return (request, response) => {
    if (isAdminRequest(request)) {
      onAdmin(request, response);
      return;
    }
    response.once('finish', () => throwRestAway(request));
    void onOthers(request, response);
  };
}

/**
 * hono's own cleaning up gives a body that was not read to its end half a second, and then closes
 * the connection: a caller who sends for longer would lose the answer with it.
 */
function throwRestAway(request: IncomingMessage): void {
  request.removeAllListeners('data').resume();
}

type App = { Bindings: HttpBindings };

function createApp(dependencies: HttpDependencies): Hono<App> {
  const { calls, openInterfaces } = dependencies;
  const app = new Hono<App>();

  app.use(async (c, next) => {
    // In the cloud too any page may ask a function that has HTTP access, which answers to it or not.
    const origin = c.req.path.startsWith('/http/') ? undefined : c.req.header('origin');
    if (isOwnRequest(c.req.header('host'), origin)) return next();
    return c.json(NOT_OWN, 403);
  });

  app.post('/functions/:name', limit(MAX_CALL_BYTES), async (c) => {
    const text = await c.req.text();
    let data: unknown;
    try {
      data = text === '' ? {} : JSON.parse(text);
    } catch {
      const errMsg =
        'cloud.callFunction:fail Error: errCode: -501007 invalid parameters | errMsg: the body is not JSON';
      return c.json({ errCode: -501007, errMsg });
    }
    const person = callerOf(c);
    const filled = text.includes(CLOUD_ID_MARK)
      ? openInterfaces.fillOpenData(data, person)
      : { data, keys: [] };
    const caller = {
      ...person,
      ...(filled.keys.length > 0 && { openDataKeys: filled.keys }),
    };
    const reply = await dependencies.callFunction(c.req.param('name'), caller, filled.data);
    return c.body(replyText(reply), 200, { 'content-type': 'application/json' });
  });

  app.all('/http/:name/*', limit(MAX_CALL_BYTES), async (c) => {
    const name = c.req.param('name');
    const { pathname } = new URL(c.req.url);
    const { status, headers, body } = await answerHttp(dependencies.callFunction, name, {
      method: c.req.method,
      path: pathname.slice(`/http/${name}`.length),
      query: c.req.query(),
      headers: c.req.header(),
      body: Buffer.from(await c.req.arrayBuffer()),
    });
    const content = status === 204 || status === 304 ? null : new Uint8Array(Buffer.from(body));
    return new Response(content, { status, headers });
  });

  app.route('/', storageRoutes(dependencies.files, limit(MAX_FILE_BYTES)));
  app.route(
    '/',
    clientRoutes(
      dependencies,
      (body, callLog) => answerAction({ ...dependencies, calls: callLog }, body),
      callerOf,
      limit(MAX_CALL_BYTES),
    ),
  );

  app.get('/collections', (c) => c.json({ collections: dependencies.store.summaries() }));
  app.get('/calls', (c) => c.json(calls.since(Number(c.req.query('since') ?? 0))));

  app.get('/control', (c) => c.json(controlState(dependencies)));
  app.post('/control', limit(MAX_CALL_BYTES), async (c) => {
    try {
      await applyControl(await c.req.json(), dependencies);
    } catch (error) {
      const isInvalid = error instanceof TypeError || error instanceof SyntaxError;
      if (!isInvalid) throw error;
      return c.json({ error: error.message }, 400);
    }
    return c.json(controlState(dependencies));
  });

  app.notFound((c) => c.json({ error: 'There is no such endpoint.' }, 404));
  app.onError((error, c) => {
    const isOfDisk = error instanceof NotWritten;
    console.error(isOfDisk ? error.message : error);
    return c.json(isOfDisk ? { error: error.message } : FAILED, 500);
  });
  return app;
}

/**
 * hono's own limit makes a web Request of each, which costs a third of a warm call: it is for bodies
 * whose length is not in front.
 */
function limit(maxSize: number): MiddlewareHandler {
  const refuse = (c: Context): Response => c.json(tooLarge(maxSize), 413);
  const whileReading = bodyLimit({ maxSize, onError: refuse });
  return async (c, next) => {
    if (c.req.header('transfer-encoding') !== undefined) return whileReading(c, next);
    return Number(c.req.header('content-length') ?? 0) > maxSize ? refuse(c) : next();
  };
}

function callerOf(c: Context): CallerIdentity {
  const header = (name: string): string | undefined => c.req.header(name) || undefined;
  const [openid, unionid] = [header('x-wx-openid'), header('x-wx-unionid')];
  return {
    source: header('x-wx-source') ?? 'wx_client',
    appid: header('x-wx-appid') ?? DEFAULT_APPID,
    ...(openid !== undefined && { openid }),
    ...(unionid !== undefined && { unionid }),
  };
}
