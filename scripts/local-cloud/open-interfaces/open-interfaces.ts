/**
 * WeChat's open interfaces (云调用): what `cloud.openapi`, `cloud.cloudPay`, `cloud.getOpenData` and
 * `cloud.callOpenAPI` of the SDK ask for.
 */
import { randomUUID } from 'node:crypto';
import type { Fields } from '../bson/fields';
import { requestIdOf } from '../environment/api-token';
import type { CallLog, CallRecord } from '../environment/call-log';
import type { CallerIdentity } from '../environment/caller';
import type { Clock } from '../environment/clock';
import { AdminError } from '../protocol/admin-error';
import { openInterfaces } from './interfaces';
import { splitMultipart } from '../protocol/multipart';
import { fillOpenData, openDataOf, type OpenData, type OpenDataSettings } from './open-data';
import {
  API_NOT_FOUND,
  ILLEGAL_SOURCE,
  Media,
  NO_PERMISSION,
  SystemError,
  WeChatError,
  type OpenAnswer,
} from './open-interface';
import { decodeApiRequest, jsonReply } from './json-request';
import { createOpenState } from './open-state';
import { RawReply } from './raw-reply';
import { createSetAnswers, type SetAnswerChanges } from './set-answers';
import {
  decodeOpenRequest,
  decodePayRequest,
  encodeAnswer,
  encodeJson,
  encodeSystemError,
  type OpenRequest,
} from './wire';

export interface OpenInterfaces {
  /** A multipart request of the admin protocol. */
  answerMultipart(body: Buffer, contentType: string): RawReply;
  /** The action `wx.api`. @throws AdminError */
  answerApi(body: Fields): Fields;
  /** Replaces the CloudIDs in the data of a call; `keys` are the fields that were filled. */
  fillOpenData(data: unknown, caller: CallerIdentity): { data: unknown; keys: readonly string[] };
  set(answers: SetAnswerChanges, openData: OpenDataSettings): void;
  /** What was set. */
  shown(): { openapi: Fields; openData: Fields };
  reset(): void;
}

export interface OpenInterfaceDependencies {
  clock: Clock;
  calls: CallLog;
  /** What `permissions.openapi` of the function's `config.json` lists. */
  permissionsOf: (functionName: string) => readonly string[];
  /** Receives what the platform's own error doesn't say. */
  onLog: (line: string) => void;
}

const LIST_IT = 'list it in "permissions": { "openapi": [...] } of its config.json.';

/** Exactly this one tells the SDK that the reply is an error in JSON. */
const ERROR_TYPE = 'application/json; charset=utf-8';
const REPLY_TYPE = 'application/octet-stream';

export function createOpenInterfaces(dependencies: OpenInterfaceDependencies): OpenInterfaces {
  const { clock, calls, permissionsOf, onLog } = dependencies;
  const answers = createSetAnswers();
  const openData = new Map<string, OpenData>();
  let state = createOpenState();

  function perform(request: OpenRequest, token: string): OpenAnswer {
    const id = requestIdOf(token);
    const call = id === undefined ? undefined : calls.running(id);
    if (call === undefined) throw new SystemError(ILLEGAL_SOURCE);
    const record = (outcome: string): void => void call.openapi.push(recordOf(request, outcome));
    try {
      const answer = answerOf(request, call);
      record('ok');
      return answer;
    } catch (error) {
      record(outcomeOf(error));
      throw error;
    }
  }

  function answerOf(request: OpenRequest, call: CallRecord): OpenAnswer {
    const { name, args, kind } = request;
    if (kind === 'openapi' && !permissionsOf(call.function).includes(name)) {
      onLog(`${call.function} may not call ${name}: ${LIST_IT}`);
      throw new SystemError(NO_PERMISSION);
    }
    const set = answers.take(name);
    if (set?.kind === 'answer') return set.answer;
    if (set?.kind === 'refusal') throw new AdminError(set.code, set.message);
    if (set?.kind === 'error') throw errorOf(set.errcode, set.errmsg);
    const known = openInterfaces.get(name);
    if (known === undefined) throw new WeChatError(API_NOT_FOUND, unknownInterface(name));
    const { caller } = call;
    const appid = request.appid || (caller.appid ?? '');
    const nowMs = clock.now();
    return known.answer({
      ...{ args, caller, appid, nowMs, state },
      openDataOf: (cloudId) => openDataOf(cloudId, openData, { caller, appid, nowMs }),
    });
  }

  return {
    answerMultipart(body, contentType) {
      try {
        const parts = splitMultipart(body, contentType);
        const request = requestIn(parts);
        const token = parts.get('wxCloudApiToken')?.toString() ?? '';
        return multipartReply(request, () => perform(request, token));
      } catch (error) {
        if (!(error instanceof AdminError)) throw error;
        return errorReply({ code: error.code, message: error.message });
      }
    },

    answerApi(body) {
      const request = decodeApiRequest(body);
      const { wxCloudApiToken: token } = body;
      return jsonReply(request, () => perform(request, typeof token === 'string' ? token : ''));
    },

    fillOpenData: (data, caller) =>
      fillOpenData(data, openData, { caller, appid: caller.appid ?? '', nowMs: clock.now() }),

    set(changes, settings) {
      answers.apply(changes);
      for (const [id, data] of settings) {
        if (data === null) openData.delete(id);
        else openData.set(id, data);
      }
    },
    shown: () => ({ openapi: answers.shown(), openData: Object.fromEntries(openData) }),
    reset() {
      answers.clear();
      openData.clear();
      state = createOpenState();
    },
  };
}

/** @throws AdminError */
function requestIn(parts: ReadonlyMap<string, Buffer>): OpenRequest {
  const part = (name: string): Buffer => parts.get(name) ?? Buffer.alloc(0);
  const action = part('action').toString();
  const apiName = part('apiName').toString();
  if (action === 'wx.openApi') return decodeOpenRequest(apiName, part('requestData'));
  if (action === 'wx.wxPayApi') {
    return decodePayRequest(apiName, part('requestData'), part('apiOptions'));
  }
  throw new AdminError(
    'INVALID_ACTION',
    `the local cloud does not know the action ${JSON.stringify(action)}`,
  );
}

/** @throws AdminError */
function multipartReply(request: OpenRequest, perform: () => OpenAnswer): RawReply {
  try {
    return new RawReply(encodeAnswer(request, perform()), REPLY_TYPE);
  } catch (error) {
    if (!(error instanceof WeChatError || error instanceof SystemError)) throw error;
    const { errcode, message: errmsg } = error;
    if (request.kind === 'pay') return errorReply({ errcode, errmsg });
    if (error instanceof SystemError) return new RawReply(encodeSystemError(errcode), REPLY_TYPE);
    // What the SDK would show of it otherwise is a number.
    if (request.kind === 'service') throw new AdminError('SYS_ERR', errmsg);
    return new RawReply(encodeJson({ errcode, errmsg }), REPLY_TYPE);
  }
}

function errorReply(fields: Fields): RawReply {
  const body = JSON.stringify({ requestId: randomUUID(), ...fields });
  return new RawReply(Buffer.from(body), ERROR_TYPE);
}

/** The numbers from -600000 are WeChat's own servers'; they come without a text. */
function errorOf(errcode: number, errmsg: string): Error {
  return errcode <= -600_000 ? new SystemError(errcode) : new WeChatError(errcode, errmsg);
}

function unknownInterface(name: string): string {
  const body = JSON.stringify({ openapi: { [name]: { result: '...' } } });
  return `API not found: the local cloud has no answer of its own for ${name}. Give it one: POST /control ${body}`;
}

function outcomeOf(error: unknown): string {
  if (error instanceof AdminError) return error.code;
  return error instanceof WeChatError || error instanceof SystemError
    ? String(error.errcode)
    : 'SYS_ERR';
}

function recordOf({ name, args }: OpenRequest, outcome: string): CallRecord['openapi'][number] {
  if (openInterfaces.get(name)?.sends !== true) return { name, outcome };
  const message = Object.entries(args).filter(([, value]) => !(value instanceof Media));
  return { name, outcome, message: Object.fromEntries(message) };
}
