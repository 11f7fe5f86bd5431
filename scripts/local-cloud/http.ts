/** The endpoints of the local cloud over HTTP. */
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { answerAdmin } from './admin';
import type { CallLog } from './call-log';
import type { Clock } from './clock';
import { applyControl, controlState } from './control';
import type { Faults } from './faults';
import type { CallReply } from './functions/call-function';
import type { CallerIdentity } from './functions/caller-variables';
import { isOwnRequest } from './loopback';
import type { DocumentStore } from './state/document-store';
import type { FileStore } from './storage/file-store';
import { storageRoutes } from './storage/storage-routes';

export interface HttpDependencies {
  store: DocumentStore;
  files: FileStore;
  /** Where this server is, e.g. `http://127.0.0.1:8787`. */
  url: () => string;
  clock: Clock;
  faults: Faults;
  calls: CallLog;
  callFunction: (name: string, caller: CallerIdentity, data: unknown) => Promise<CallReply>;
  reset: () => Promise<void>;
  killInstances: () => Promise<void>;
}

const MAX_ADMIN_BYTES = 16 * 1024 * 1024;
/** What a mini program may send to a function. */
const MAX_CALL_BYTES = 6 * 1024 * 1024;

/** The cloud takes larger ones; here they are held in memory. */
const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** Mini programs that have no appid of their own use this one in DevTools. */
const DEFAULT_APPID = 'touristappid';

type App = { Bindings: HttpBindings };

export function createApp(dependencies: HttpDependencies): Hono<App> {
  const { clock, faults, calls } = dependencies;
  const app = new Hono<App>();

  app.use(async (c, next) => {
    if (isOwnRequest(c.req.header('host'), c.req.header('origin'))) return next();
    return c.json({ error: 'Only programs on this machine may use the local cloud.' }, 403);
  });

  app.post('/admin', limit(MAX_ADMIN_BYTES), async (c) => {
    const reply = await answerAdmin(dependencies, await c.req.text(), c.req.query('seqId'));
    return reply === undefined ? noAnswer(c) : c.json(reply);
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
    return c.json(await dependencies.callFunction(c.req.param('name'), callerOf(c), data));
  });

  app.route('/', storageRoutes(dependencies.files, limit(MAX_FILE_BYTES)));

  app.get('/calls', (c) => c.json(calls.since(Number(c.req.query('since') ?? 0))));

  app.get('/control', (c) => c.json(controlState(clock, faults)));
  app.post('/control', limit(MAX_CALL_BYTES), async (c) => {
    try {
      await applyControl(await c.req.json(), dependencies);
    } catch (error) {
      const isOurs = error instanceof TypeError || error instanceof SyntaxError;
      if (!isOurs) throw error;
      return c.json({ error: error.message }, 400);
    }
    return c.json(controlState(clock, faults));
  });

  app.notFound((c) => c.json({ error: 'There is no such endpoint.' }, 404));
  app.onError((error, c) => {
    console.error(error);
    return c.json({ error: 'The local cloud itself failed; its own log says how.' }, 500);
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

/** Leaves the caller waiting until it gives up. */
async function noAnswer(c: Context<App>): Promise<Response> {
  await new Promise<void>((resolve) => c.env.outgoing.once('close', () => resolve()));
  return c.body(null);
}
