/** What an app says about itself: the defaults, and the check of what is given. No `wx` in here. */
import { sessionZhCN, type SessionTexts } from '../i18n/session/zh-CN';

export type SignInMethod = 'wechat' | 'phone' | 'password';

/** Of the session's own texts, those that an app says otherwise. */
export type OwnTexts = {
  readonly [Key in keyof SessionTexts]?: SessionTexts[Key] extends string | readonly string[]
    ? SessionTexts[Key]
    : Partial<SessionTexts[Key]>;
};

export interface SessionSettings {
  /**
   * The page that shows what people agree to, with `?name=terms` or `?name=privacy`: `/pages/…`.
   * The sheet links to it; there is no default.
   */
  readonly legalPage: string;
  /**
   * The ways in that the sheet offers; default: `['wechat']`. They are those of the functions'
   * variable `SIGN_IN_METHODS`.
   */
  readonly signInMethods: readonly SignInMethod[];
  /**
   * How the session reaches its functions: `cloud`, the default, by `wx.cloud.callFunction`, or
   * `http` by `wx.request` to the gateway, for apps without Cloud Development. Your own functions are
   * reached by `cloud` only.
   */
  readonly transport: 'cloud' | 'http';
  /**
   * For `http`: where the function `gateway` is reached, without a slash at the end, and whose app
   * this is. `platform` is what the gateway calls WeChat or QQ.
   */
  readonly gateway: { readonly url: string; readonly platform: 'wechat' | 'qq' };
  /** By language: `{ en: { sheet: { purpose: '…' } } }`. Places such as `{time}` stay. */
  readonly texts: { readonly 'zh-CN'?: OwnTexts; readonly en?: OwnTexts };
}

export const DEFAULT_SETTINGS: SessionSettings = {
  legalPage: '',
  signInMethods: ['wechat'],
  transport: 'cloud',
  gateway: { url: '', platform: 'wechat' },
  texts: {},
};

type Fields = Readonly<Record<string, unknown>>;
/** Says what is wrong with a value, e.g. `must be a text`; `undefined`: nothing. */
type Check = (value: unknown, name: string) => string | undefined;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const oneOf =
  (...choices: readonly string[]): Check =>
  (value, name) =>
    choices.some((choice) => choice === value)
      ? undefined
      : `${name} must be ${choices.map((choice) => `'${choice}'`).join(' or ')}`;

const text: Check = (value, name) =>
  typeof value === 'string' ? undefined : `${name} must be a text`;

const page: Check = (value, name) =>
  typeof value === 'string' && /^\/[^?#]+$/.test(value)
    ? undefined
    : `${name} must be the path of a page, from the root: '/pages/…'`;

const address: Check = (value, name) =>
  typeof value === 'string' && !value.endsWith('/')
    ? undefined
    : `${name} must be an address without a slash at the end`;

const listOf =
  (element: Check, length?: number): Check =>
  (value, name) => {
    if (!Array.isArray(value) || value.length === 0 || value.length !== (length ?? value.length)) {
      return `${name} must be a list of ${length === undefined ? 'at least one' : String(length)}`;
    }
    return first(value.map((one, index) => element(one, `${name}[${String(index)}]`)));
  };

const fields =
  (known: Readonly<Record<string, Check>>): Check =>
  (value, name) => {
    if (!isFields(value)) return `${name} must be an object`;
    return first(
      Object.entries(value).map(([key, one]) => {
        const check = Object.prototype.hasOwnProperty.call(known, key) ? known[key] : undefined;
        const path = name === '' ? key : `${name}.${key}`;
        if (check !== undefined) return check(one, path);
        return `${path} is unknown; known are ${Object.keys(known).join(', ')}`;
      }),
    );
  };

const first = (problems: readonly (string | undefined)[]): string | undefined =>
  problems.find((problem) => problem !== undefined);

/** Texts have the form of those that they stand for. */
function formOf(value: unknown): Check {
  if (Array.isArray(value)) return listOf(text, value.length);
  if (!isFields(value)) return text;
  const forms: Record<string, Check> = {};
  for (const key of Object.keys(value)) forms[key] = formOf(value[key]);
  return fields(forms);
}

const CHECKS: Readonly<Record<keyof SessionSettings, Check>> = {
  legalPage: page,
  signInMethods: listOf(oneOf('wechat', 'phone', 'password')),
  transport: oneOf('cloud', 'http'),
  gateway: fields({ url: address, platform: oneOf('wechat', 'qq') }),
  texts: fields({ 'zh-CN': formOf(sessionZhCN), en: formOf(sessionZhCN) }),
};

/**
 * @param current what holds so far
 * @param given changes it, setting by setting
 * @throws TypeError that names what is unknown or has another form
 */
export function settingsWith(current: SessionSettings, given: unknown): SessionSettings {
  const problem = isFields(given) ? fields(CHECKS)(given, '') : 'it takes an object';
  if (problem !== undefined) throw new TypeError(`session.configure: ${problem}.`);
  const next = { ...current, ...(given as Partial<SessionSettings>) };
  if (next.transport === 'http' && next.gateway.url === '') {
    throw new TypeError("session.configure: gateway.url is missing, for transport 'http'.");
  }
  return next;
}
