/** Answers and faults of open interfaces, set by `POST /control`. */
import { isFields, type Fields } from '../bson/fields';
import type { AdminErrorCode } from '../protocol/admin-error';
import { Picture } from './open-interface';

export type SetAnswer =
  | { kind: 'answer'; answer: Fields | Picture }
  /** The interface refuses, or the platform before it. */
  | { kind: 'error'; errcode: number; errmsg: string }
  /** Cloud Development refuses, e.g. with `EXCEED_REQUEST_LIMIT`. */
  | { kind: 'refusal'; code: AdminErrorCode; message: string };

interface Setting {
  set: SetAnswer;
  /** As it was sent, for `GET /control`. */
  shown: Fields;
  /** For how many calls a fault holds; without it there is no end. */
  count?: number;
}

/** By the name of the interface; `null` takes it back. */
export type SetAnswerChanges = ReadonlyMap<string, Setting | null>;

export interface SetAnswers {
  apply(changes: SetAnswerChanges): void;
  /** The answer to this call. Counts it. */
  take(name: string): SetAnswer | undefined;
  shown(): Readonly<Record<string, Fields>>;
  clear(): void;
}

export function createSetAnswers(): SetAnswers {
  const settings = new Map<string, Setting>();
  return {
    apply(changes) {
      for (const [name, setting] of changes) {
        if (setting === null) settings.delete(name);
        else settings.set(name, setting);
      }
    },
    take(name) {
      const setting = settings.get(name);
      if (setting?.count !== undefined) {
        const count = setting.count - 1;
        if (count > 0) settings.set(name, { ...setting, count });
        else settings.delete(name);
      }
      return setting?.set;
    },
    shown: () =>
      Object.fromEntries(
        [...settings].map(([name, { shown, count }]) => [
          name,
          count === undefined ? shown : { ...shown, count },
        ]),
      ),
    clear: () => settings.clear(),
  };
}

/** @throws TypeError with a message for the developer */
export function decodeSetAnswers(value: unknown): SetAnswerChanges {
  return new Map(
    Object.entries(named('openapi', value)).map(([name, answer]) => [
      name,
      answer === null ? null : decodeSetting(`openapi.${name}`, answer),
    ]),
  );
}

/** @throws TypeError with a message for the developer */
export function decodeOpenData(value: unknown): ReadonlyMap<string, Fields | null> {
  return new Map(
    Object.entries(named('openData', value)).map(([id, data]) => {
      if (data !== null && !isFields(data)) {
        throw new TypeError(`"openData.${id}" must be an object or null.`);
      }
      return [id, data];
    }),
  );
}

function named(name: string, value: unknown): Fields {
  if (isFields(value)) return value;
  throw new TypeError(`"${name}" must be an object, with what is set by name.`);
}

function decodeSetting(name: string, value: unknown): Setting {
  if (!isFields(value)) throw new TypeError(`"${name}" must be an object or null.`);
  const { errcode, errmsg, code, message, count, contentType, base64 } = value;
  if (errcode !== undefined && errcode !== 0) {
    if (!Number.isInteger(errcode))
      throw new TypeError(`"${name}.errcode" must be a whole number.`);
    const text = errmsg === undefined ? '' : string(`${name}.errmsg`, errmsg);
    const set = { kind: 'error', errcode: errcode as number, errmsg: text } as const;
    return { set, shown: value, ...counted(name, count) };
  }
  if (has(value, ['code', 'message']) || has(value, ['code', 'message', 'count'])) {
    const [known, text] = [string(`${name}.code`, code), string(`${name}.message`, message)];
    const set: SetAnswer = { kind: 'refusal', code: known as AdminErrorCode, message: text };
    return { set, shown: value, ...counted(name, count) };
  }
  if (has(value, ['contentType', 'base64'])) {
    const type = string(`${name}.contentType`, contentType);
    const content = Buffer.from(string(`${name}.base64`, base64), 'base64');
    return { set: { kind: 'answer', answer: new Picture(type, content) }, shown: value };
  }
  return { set: { kind: 'answer', answer: value }, shown: value };
}

/** Whether the object has these fields and no others. */
function has(value: Fields, names: readonly string[]): boolean {
  return Object.keys(value).length === names.length && names.every((name) => name in value);
}

function string(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`"${name}" must be a string.`);
}

function counted(name: string, count: unknown): { count?: number } {
  if (count === undefined) return {};
  if (typeof count === 'number' && Number.isInteger(count) && count > 0) return { count };
  throw new TypeError(`"${name}.count" must be a whole number from 1.`);
}
