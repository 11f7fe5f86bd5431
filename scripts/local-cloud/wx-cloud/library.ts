/**
 * The library of Tencent on which the mini program's own SDK is built, as `wx-server-sdk` is: it
 * makes requests of the admin protocol out of conditions and updates.
 */
import { Db } from '@cloudbase/database';

/** Resolves to the reply of the admin protocol. */
export type Send = (action: string, data: object) => Promise<unknown>;

interface Config {
  sendAs: Send;
}

class Request {
  constructor(private readonly config: Config) {}

  send(action: string, data: object): Promise<unknown> {
    return this.config.sendAs(action, data);
  }
}

export function openLibrary(send: Send): Db {
  // Where it looks for the class of its requests.
  Db.reqClass = Request;
  return new Db({ sendAs: send } satisfies Config);
}

/** Methods resolve to replies of this shape, those with a code too. */
export interface LibraryReply {
  code?: string;
  message?: string;
  data?: unknown;
  id?: unknown;
  updated?: number;
  deleted?: number;
  total?: number;
  upsertedId?: unknown;
}

/** @throws the reply when it has a code */
export async function checked(reply: Promise<unknown>): Promise<LibraryReply> {
  const result = (await reply) as LibraryReply;
  // Thrown as it is: its API puts its own name before the message.
  // oxlint-disable-next-line typescript/only-throw-error
  if (result.code !== undefined) throw result;
  return result;
}
