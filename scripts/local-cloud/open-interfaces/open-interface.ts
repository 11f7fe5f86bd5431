/** What an open interface is: one file each in `interfaces/`. */
import type { Fields } from '../bson/fields';
import type { CallerIdentity } from '../environment/caller';
import type { OpenState } from './open-state';

/** A file among the arguments: `{ contentType, value: Buffer }` in the function. */
export class Media {
  constructor(
    readonly fileName: string,
    readonly content: Buffer,
  ) {}
}

export interface OpenCall {
  /** As WeChat names them, in snake_case: values of JSON, and `Media`. */
  args: Readonly<Record<string, unknown>>;
  caller: CallerIdentity;
  /** The mini program for which the function calls. */
  appid: string;
  nowMs: number;
  state: OpenState;
  /** @throws SystemError */
  openDataOf(cloudId: string): Fields;
}

/** An answer that is no JSON: the function gets `{ contentType, buffer }`. */
export class Picture {
  constructor(
    readonly contentType: string,
    readonly content: Buffer,
  ) {}
}

/** JSON in snake_case, without `errcode` and `errmsg`. */
export type OpenAnswer = Fields | Picture;

export interface OpenInterface {
  /** @throws WeChatError, SystemError */
  answer(call: OpenCall): OpenAnswer;
  /** Sends its arguments to a person; `GET /calls` shows them. */
  sends?: true;
}

/**
 * The interface itself refuses: `errMsg` is `openapi.NAME:fail ERRMSG`. The codes are listed with
 * each interface below https://developers.weixin.qq.com/miniprogram/dev/server/API/
 */
export class WeChatError extends Error {
  override readonly name = 'WeChatError';

  constructor(
    readonly errcode: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The platform refuses before the interface is asked: `errMsg` is `system error: error code: CODE`
 * (https://developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/error-code.html).
 */
export class SystemError extends Error {
  override readonly name = 'SystemError';

  constructor(readonly errcode: number) {
    super(`system error: error code: ${errcode}`);
  }
}

export const INVALID_CLOUD_ID = -601005;
export const API_NOT_FOUND = -604100;
export const NO_PERMISSION = -604101;
export const ILLEGAL_SOURCE = -604104;

/** @throws WeChatError with this code unless the argument is a text that is not empty */
export function requiredText(
  { args }: OpenCall,
  name: string,
  errcode: number,
  errmsg: string,
): string {
  const value = args[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new WeChatError(errcode, errmsg);
}

/** @throws WeChatError 40003 */
export function requiredOpenId(call: OpenCall, name: string): string {
  return requiredText(call, name, 40003, 'invalid openid');
}
