/**
 * CloudIDs: what a page hands on in the place of open data, so that only WeChat can have made it
 * (https://developers.weixin.qq.com/minigame/dev/wxcloud/reference-sdk-api/open/Cloud.CloudID.html).
 * Any id stands for the phone number of the caller, unless `POST /control` says otherwise.
 *
 * How a phone sends them to WeChat is not documented. To the local cloud, `wx.cloud.CloudID(ID)` is
 * sent as `{ "$cloudID": ID }`.
 */
import { isFields, type Fields } from '../bson/fields';
import type { CallerIdentity } from '../environment/caller';
import { INVALID_CLOUD_ID, SystemError } from './open-interface';
import { phoneInfoOf } from './phone-info';

/** What a CloudID stands for, or the code with which it is refused. */
export type OpenData = Fields | { errCode: number };

/** By CloudID, or `*` for all others, as set by `POST /control`; `null` takes it back. */
export type OpenDataSettings = ReadonlyMap<string, OpenData | null>;

interface Recipient {
  caller: CallerIdentity;
  appid: string;
  nowMs: number;
}

/** So many are replaced in one call; others arrive as the texts that they are. */
const MAX_REPLACED = 5;

/** Data without it, as text, has no CloudID. */
export const CLOUD_ID_MARK = '$cloudID';

/**
 * `{ cloudID, data }` for the function.
 *
 * @throws SystemError with the code that was set, or -601005 where there is nobody to ask for
 */
export function openDataOf(
  cloudId: string,
  settings: OpenDataSettings,
  { caller: { openid }, appid, nowMs }: Recipient,
): Fields {
  const set = settings.get(cloudId) ?? settings.get('*') ?? undefined;
  if (set !== undefined && typeof set['errCode'] === 'number')
    throw new SystemError(set['errCode']);
  if (cloudId === '' || openid === undefined) throw new SystemError(INVALID_CLOUD_ID);
  return { cloudID: cloudId, data: set ?? phoneInfoOf(cloudId, openid, appid, nowMs) };
}

/**
 * Replaces CloudIDs at the top of the data. Deeper ones, and those beyond the limit, become texts.
 *
 * @returns `keys`: the fields that were filled. An object that only looks filled is not among them.
 */
export function fillOpenData(
  data: unknown,
  settings: OpenDataSettings,
  recipient: Recipient,
): { data: unknown; keys: readonly string[] } {
  if (!isFields(data)) return { data: withTexts(data), keys: [] };
  const ids = Object.entries(data).filter(([, value]) => cloudIdIn(value) !== undefined);
  const replaced = new Map(
    ids.slice(0, MAX_REPLACED).map(([key, value]) => {
      const id = cloudIdIn(value) ?? '';
      return [key, filled(id, settings, recipient)] as const;
    }),
  );
  const entries = Object.entries(data).map(([key, value]) => [
    key,
    replaced.get(key) ?? withTexts(value),
  ]);
  const keys = [...replaced].filter(([, value]) => 'data' in value).map(([key]) => key);
  return { data: Object.fromEntries(entries), keys };
}

function filled(id: string, settings: OpenDataSettings, recipient: Recipient): Fields {
  try {
    return openDataOf(id, settings, recipient);
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    return { cloudID: id, errCode: error.errcode, errMsg: error.message };
  }
}

function cloudIdIn(value: unknown): string | undefined {
  if (!isFields(value) || Object.keys(value).length !== 1) return undefined;
  const id = value[CLOUD_ID_MARK];
  return typeof id === 'string' ? id : undefined;
}

/** Deeper than any data, and no strain for the stack. */
const MAX_DEPTH = 200;

function withTexts(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => withTexts(item, depth + 1));
  if (!isFields(value)) return value;
  const id = cloudIdIn(value);
  if (id !== undefined) return id;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, withTexts(part, depth + 1)]),
  );
}
