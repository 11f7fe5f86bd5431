/**
 * `POST /database` and `POST /storage`: `wx.cloud.database()` and the files of a mini program. The
 * bodies are those of the admin protocol, the person is in the headers, as for a function.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { isFields, type Fields } from '../bson/fields';
import type { DocumentStore } from '../database/store/document-store';
import type { CallLog } from '../environment/call-log';
import type { CallerIdentity } from '../environment/caller';
import type { Clock } from '../environment/clock';
import { AdminError } from '../protocol/admin-error';
import type { FileStore } from '../storage/file-store';
import type { Permissions } from './permissions';
import { answerPhoneFiles } from './phone-files';
import { phoneRequest } from './phone-request';

/** `silence`: no answer is sent. `drop`: the connection is closed. */
type Reply = Fields | 'silence' | 'drop';

interface ClientDependencies {
  store: DocumentStore;
  files: FileStore;
  clock: Clock;
  calls: CallLog;
  permissions: Permissions;
}

/** Answers a request of the admin protocol: what a phone may do takes the way of a function. */
type Answer = (
  request: { body: Buffer; contentType: string; seqId: undefined },
  calls: CallLog,
) => Promise<Reply>;

type App = { Bindings: HttpBindings };

export function clientRoutes(
  { store, files, clock, calls, permissions }: ClientDependencies,
  answer: Answer,
  callerOf: (c: Context<App>) => CallerIdentity,
  limit: MiddlewareHandler,
): Hono<App> {
  const app = new Hono<App>();

  app.post('/database', limit, async (c) => {
    const caller = callerOf(c);
    const { openid } = caller;
    return respond(c, caller, (body, ask) =>
      ask(phoneRequest(body, { store, permissions, openid, nowMs: clock.now() })),
    );
  });

  app.post('/storage', limit, async (c) => {
    const caller = callerOf(c);
    const { openid } = caller;
    return respond(c, caller, (body, ask) => answerPhoneFiles(body, { files, openid }, ask));
  });

  async function respond(
    c: Context<App>,
    caller: CallerIdentity,
    run: (body: Fields, ask: (body: Fields) => Promise<Reply>) => Promise<Reply>,
  ): Promise<Response> {
    const startedAt = clock.now();
    const ownCalls: CallLog = {
      ...calls,
      operation: (id, record) => calls.operation(id, { ...record, caller }),
    };
    const body = parsed(await c.req.text());
    // A watch asks every second: only its first request is worth a line.
    const isRepeated = body['watch'] === 'again';
    const ask = (request: Fields): Promise<Reply> =>
      answer(
        {
          body: Buffer.from(JSON.stringify(request)),
          contentType: 'application/json',
          seqId: undefined,
        },
        isRepeated ? { ...calls, operation: () => undefined } : ownCalls,
      );
    let reply: Reply;
    try {
      reply = await run(body, ask);
    } catch (error) {
      if (!(error instanceof AdminError)) throw error;
      const { code, message } = error;
      ownCalls.operation(undefined, {
        action: String(body['action']).replace(/^database\./, ''),
        collection: String(body['collectionName'] ?? ''),
        durationMs: clock.now() - startedAt,
        outcome: code,
      });
      reply = { requestId: randomUUID(), code, message };
    }
    return send(c, reply);
  }
  return app;
}

async function send(c: Context<App>, reply: Reply): Promise<Response> {
  if (reply === 'drop') c.env.incoming.socket.destroy();
  else if (reply === 'silence') await once(c.env.outgoing, 'close');
  else return c.json(reply);
  return c.body(null);
}

function parsed(text: string): Fields {
  try {
    const body: unknown = JSON.parse(text);
    if (isFields(body)) return body;
  } catch {
    // Answered like any body that is no object.
  }
  return {};
}
