/**
 * `cloud.callOpenAPI`, the way of the first SDKs: JSON both ways, and refusals of WeChat are answers.
 */
import { isFields, type Fields } from '../bson/fields';
import { AdminError } from '../protocol/admin-error';
import { Picture, SystemError, WeChatError, type OpenAnswer } from './open-interface';
import type { OpenRequest } from './wire';

/** @throws AdminError INVALID_PARAM */
export function decodeApiRequest({ apiName, requestData }: Fields): OpenRequest {
  if (typeof apiName !== 'string') throw invalid('apiName must be a string');
  const name = apiName.replace(/^openapi\./, '');
  return { name, args: argumentsIn(requestData ?? ''), appid: '', kind: 'openapi' };
}

function argumentsIn(text: unknown): Fields {
  if (text === '') return {};
  try {
    const data: unknown = typeof text === 'string' ? JSON.parse(text) : undefined;
    if (isFields(data)) return snakeCased(data);
  } catch {
    // Refused below.
  }
  throw invalid('requestData must be the text of a JSON object');
}

/** Here the SDK leaves that to the other side. */
function snakeCased(fields: Fields): Fields {
  const snake = (name: string): string =>
    name.replace(/(?!^)[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [snake(name), value]));
}

/** @throws AdminError */
export function jsonReply({ name }: OpenRequest, perform: () => OpenAnswer): Fields {
  return { responseData: JSON.stringify(outcomeOf(name, perform)) };
}

function outcomeOf(name: string, perform: () => OpenAnswer): Fields {
  try {
    const answer = perform();
    if (!(answer instanceof Picture)) return { errcode: 0, errmsg: 'ok', ...answer };
    throw invalid(`use cloud.openapi for ${name}, which gives a file`);
  } catch (error) {
    if (!(error instanceof WeChatError || error instanceof SystemError)) throw error;
    return { errcode: error.errcode, errmsg: error.message };
  }
}

function invalid(message: string): AdminError {
  return new AdminError('INVALID_PARAM', message);
}
