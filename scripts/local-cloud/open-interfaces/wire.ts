/**
 * The messages of the SDK, as `src/protobuf/openapi.js` of `wx-server-sdk` has them, where their
 * fields have names.
 */
import { isFields, type Fields } from '../bson/fields';
import { AdminError } from '../protocol/admin-error';
import { Media, Picture, type OpenAnswer } from './open-interface';
import { bytesOf, decodeMessage, encodeMessage, listOf, textOf, type Message } from './protobuf';

export interface OpenRequest {
  /** As the function calls it, e.g. `wxacode.get`, `cloudPay.unifiedOrder`, `getOpenData`. */
  name: string;
  args: Readonly<Record<string, unknown>>;
  /** Empty, unless the function chose one. */
  appid: string;
  /** Which reply the SDK expects. */
  kind: 'openapi' | 'service' | 'pay';
}

const OPEN_API = 0;
const SERVICE = 2;
const TOKEN = 3;

/** The services inside WeChat that the SDK calls, by what calls them. */
const SERVICES: Readonly<Record<string, string>> = {
  ApiGetOpenDataByCloudId: 'getOpenData',
  ApiVoipSign: 'getVoIPSign',
  GetCloudCallSign: 'getCloudCallSign',
};

/**
 * Of `wx.openApi`.
 *
 * @throws AdminError INVALID_PARAM
 */
export function decodeOpenRequest(apiName: string, data: Buffer): OpenRequest {
  try {
    const message = decodeMessage(data);
    const appid = textOf(message, 6);
    const type = message.get(1)?.at(-1) ?? OPEN_API;
    if (type === OPEN_API) {
      const pairs = listOf(decodeMessage(bytesOf(message, 2)), 1).map(decodeMessage);
      return {
        name: apiName,
        args: Object.fromEntries(pairs.map(argument)),
        appid,
        kind: 'openapi',
      };
    }
    if (type === SERVICE) {
      const service = decodeMessage(bytesOf(message, 4));
      const name = SERVICES[textOf(service, 1)] ?? textOf(service, 1);
      const ids = listOf(decodeMessage(bytesOf(service, 2)), 2).map(String);
      const args = name === 'getOpenData' ? { cloudid_list: ids } : {};
      return { name, args, appid, kind: 'service' };
    }
    if (type === TOKEN) return { name: apiName, args: {}, appid, kind: 'service' };
    throw new RangeError('its kind is unknown');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AdminError('INVALID_PARAM', `requestData is malformed: ${reason}`);
  }
}

function argument(pair: Message): [string, unknown] {
  const [key, value] = [textOf(pair, 1), bytesOf(pair, 2)];
  // Only a file has a name. Its content type, field 3, is lost on the way: the SDK misspells it.
  const fileName = textOf(pair, 4);
  if (fileName !== '') return [key, new Media(fileName, value)];
  return [key, JSON.parse(value.toString())];
}

/**
 * Of `wx.wxPayApi`: JSON, and a message with the appid.
 *
 * @throws AdminError INVALID_PARAM
 */
export function decodePayRequest(apiName: string, data: Buffer, options: Buffer): OpenRequest {
  try {
    const args: unknown = data.length === 0 ? {} : JSON.parse(data.toString());
    if (!isFields(args)) throw new TypeError('it must be a JSON object');
    const appid = textOf(decodeMessage(options), 1);
    return { name: `cloudPay.${apiName}`, args, appid, kind: 'pay' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AdminError('INVALID_PARAM', `requestData is malformed: ${reason}`);
  }
}

export function encodeAnswer({ name, kind }: OpenRequest, answer: OpenAnswer): Buffer {
  if (answer instanceof Picture) {
    if (kind === 'pay') return answer.content;
    return encodeMessage([
      [1, answer.content],
      [2, answer.contentType],
    ]);
  }
  if (kind === 'pay') return Buffer.from(JSON.stringify(answer));
  if (kind === 'service') return encodeMessage([[1, encodeServiceAnswer(name, answer)]]);
  return encodeJson({ errcode: 0, errmsg: 'ok', ...answer });
}

/** The answer of an open interface, with a field `errcode` if it refuses. */
export function encodeJson(answer: Fields): Buffer {
  return encodeMessage([
    [1, JSON.stringify(answer)],
    [2, 'application/json'],
  ]);
}

/** A refusal of the platform. */
export function encodeSystemError(errcode: number): Buffer {
  return encodeMessage([[3, errcode]]);
}

function encodeServiceAnswer(name: string, answer: Fields): Buffer {
  if (name !== 'getOpenData') return encodeMessage([[1, String(answer['signature'])]]);
  const list: unknown[] = Array.isArray(answer['data_list']) ? answer['data_list'] : [];
  return encodeMessage(
    list.filter(isFields).map(({ cloud_id: id, json }) => [
      1,
      encodeMessage([
        [1, String(id)],
        [2, JSON.stringify(json)],
      ]),
    ]),
  );
}
