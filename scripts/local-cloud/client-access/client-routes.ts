/**
 * What a mini program calls beside functions. The person is in the headers, as for a function.
 *
 * - `POST /database`: `wx.cloud.database()`. The bodies are those of the admin protocol.
 * - `POST /storage/getTempFileURL` and `POST /storage/deleteFile`: `{ fileList }`, answered as the
 *   mini program's own SDK answers, or `{ errCode, errMsg }`.
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
import { AdminError, type AdminErrorCode } from '../protocol/admin-error';
import type { FileStore } from '../storage/file-store';
import type { Permissions } from './permissions';
import { deleteFile, getTempFileURL } from './phone-files';
import { phoneRequest } from './phone-request';

interface ClientDependencies {
  store: DocumentStore;
  files: FileStore;
  clock: Clock;
  calls: CallLog;
  permissions: Permissions;
}

/**
 * Answers a request of the admin protocol: what a phone may do takes the way of a function. The
 * answer is its reply, `silence`, when none is sent, or `drop`, when the connection is closed.
 */
type Answer = (body: Fields, calls: CallLog) => Promise<unknown>;

type App = { Bindings: HttpBindings };

const INVALID_PARAMETERS = -501007;
const SYSTEM_ERROR = -501001;

export function clientRoutes(
  { store, files, clock, calls, permissions }: ClientDependencies,
  answer: Answer,
  callerOf: (c: Context<App>) => CallerIdentity,
  limit: MiddlewareHandler,
): Hono<App> {
  const app = new Hono<App>();

  app.post('/database', limit, async (c) => {
    const startedAt = clock.now();
    const caller = callerOf(c);
    const { openid } = caller;
    const body = parsed(await c.req.text());
    const log = logOf(caller);
    // A watch asks every second: only its first request is worth a line.
    const isRepeated = body['watch'] === 'again';
    try {
      const request = phoneRequest(body, { store, permissions, openid, nowMs: clock.now() });
      return await send(c, await answer(request, isRepeated ? silent(calls) : log));
    } catch (error) {
      if (!(error instanceof AdminError)) throw error;
      const { code, message } = error;
      log.operation(undefined, {
        action: String(body['action']).replace(/^database\./, ''),
        collection: typeof body['collectionName'] === 'string' ? body['collectionName'] : '',
        startedAt,
        durationMs: clock.now() - startedAt,
        outcome: code,
      });
      return send(c, { requestId: randomUUID(), code, message });
    }
  });

  for (const [name, run] of Object.entries({ getTempFileURL, deleteFile })) {
    app.post(`/storage/${name}`, limit, async (c) => {
      const caller = callerOf(c);
      const { fileList } = parsed(await c.req.text());
      try {
        const answered = await run(fileList, {
          files,
          openid: caller.openid,
          ask: async (body) => dataOf(await answer(body, logOf(caller))),
        });
        return c.json({ fileList: answered, errMsg: `cloud.${name}:ok` });
      } catch (error) {
        if (!(error instanceof AdminError)) throw error;
        const errCode = error.code === 'INVALID_PARAM' ? INVALID_PARAMETERS : SYSTEM_ERROR;
        const errMsg = `cloud.${name}:fail Error: errCode: ${errCode} | ${error.message}`;
        return c.json({ errCode, errMsg });
      }
    });
  }

  const logOf = (caller: CallerIdentity): CallLog => ({
    ...calls,
    operation: (id, record) => calls.operation(id, { ...record, caller }),
  });
  return app;
}

function silent(calls: CallLog): CallLog {
  return { ...calls, operation: () => undefined };
}

/** @throws AdminError when the reply has a code */
function dataOf(reply: unknown): Fields {
  const { code, message, data } = isFields(reply) ? reply : {};
  if (code !== undefined) throw new AdminError(code as AdminErrorCode, String(message));
  return isFields(data) ? data : {};
}

async function send(c: Context<App>, reply: unknown): Promise<Response> {
  if (reply === 'drop') c.env.incoming.socket.destroy();
  else if (reply === 'silence') await once(c.env.outgoing, 'close');
  else return c.json(reply as Fields);
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
