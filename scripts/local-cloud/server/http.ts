/** The endpoints of the local cloud over HTTP. */
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { answerAdmin, type AdminDependencies } from './admin';
import { applyControl, controlState, type Controlled } from './control';
import { clientRoutes } from '../client-access/client-routes';
import type { CallerIdentity } from '../environment/caller';
import { replyText } from '../functions/call-reply';
import { answerHttp } from '../functions/http-access';
import type { CallFunctionAs } from '../functions/nested-call';
import { isOwnRequest } from './loopback';
import { CLOUD_ID_MARK } from '../open-interfaces/open-data';
import { RawReply } from '../open-interfaces/raw-reply';
import { storageRoutes } from '../storage/storage-routes';

export interface HttpDependencies extends AdminDependencies, Controlled {
  callFunction: CallFunctionAs;
}

const MAX_ADMIN_BYTES = 16 * 1024 * 1024;
/** The limit of the platform for the data of a call. */
const MAX_CALL_BYTES = 6 * 1024 * 1024;

/** The cloud takes larger files; here they are held in memory. */
const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** DevTools use it for mini programs without an appid of their own. */
const DEFAULT_APPID = 'touristappid';

type App = { Bindings: HttpBindings };

export function createApp(dependencies: HttpDependencies): Hono<App> {
  const { calls, openInterfaces } = dependencies;
  const app = new Hono<App>();

  app.use(async (c, next) => {
    if (isOwnRequest(c.req.header('host'), c.req.header('origin'))) return next();
    return c.json({ error: 'Only programs on this machine may use the local cloud.' }, 403);
  });

  app.post('/admin', limit(MAX_ADMIN_BYTES), async (c) => {
    const reply = await answerAdmin(dependencies, {
      // Bytes: parts of a multipart body may be binary.
      body: Buffer.from(await c.req.arrayBuffer()),
      contentType: c.req.header('content-type') ?? '',
      seqId: c.req.query('seqId'),
    });
    if (reply === 'silence') return noAnswer(c);
    if (reply === 'drop') return dropped(c);
    if (!(reply instanceof RawReply)) return c.json(reply);
    return c.body(new Uint8Array(reply.bytes), 200, { 'content-type': reply.contentType });
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
    const filled = text.includes(CLOUD_ID_MARK)
      ? openInterfaces.fillOpenData(data, callerOf(c))
      : { data, keys: [] };
    const caller = {
      ...callerOf(c),
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
      (request, callLog) => answerAdmin({ ...dependencies, calls: callLog }, request),
      callerOf,
      limit(MAX_CALL_BYTES),
    ),
  );

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
    console.error(error);
    return c.json({ error: 'The local cloud itself failed; see its log.' }, 500);
  });
  return app;
}

function limit(maxSize: number): ReturnType<typeof bodyLimit> {
  return bodyLimit({
    maxSize,
    onError: (c) => c.json({ error: `The body is over ${maxSize} bytes.` }, 413),
  });
}

function callerOf(c: Context<App>): CallerIdentity {
  const header = (name: string): string | undefined => c.req.header(name) || undefined;
  const [openid, unionid] = [header('x-wx-openid'), header('x-wx-unionid')];
  return {
    source: header('x-wx-source') ?? 'wx_client',
    appid: header('x-wx-appid') ?? DEFAULT_APPID,
    ...(openid !== undefined && { openid }),
    ...(unionid !== undefined && { unionid }),
  };
}

function dropped(c: Context<App>): Response {
  c.env.incoming.socket.destroy();
  return c.body(null);
}

/** Keeps the caller waiting until it gives up. */
async function noAnswer(c: Context<App>): Promise<Response> {
  await new Promise<void>((resolve) => c.env.outgoing.once('close', () => resolve()));
  return c.body(null);
}
