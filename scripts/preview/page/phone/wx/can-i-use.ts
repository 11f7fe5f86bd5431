import { isAbsent } from './absent';
import { isOptions } from './async-api';

/** The elements of the preview: the attributes of each, dashed, and the `open-type`s of `<button>`. */
export interface KnownElements {
  attributes: ReadonlyMap<string, ReadonlySet<string>>;
  openTypes: ReadonlySet<string>;
}

/**
 * https://developers.weixin.qq.com/miniprogram/dev/api/base/wx.canIUse.html
 *
 * @param apis what is there, nested as in `wx`
 */
export function canIUse(
  schema: unknown,
  apis: Readonly<Record<string, unknown>>,
  { attributes, openTypes }: KnownElements,
): boolean {
  if (typeof schema !== 'string') return false;
  const [name = '', part, option] = schema.split('.');
  if (Object.hasOwn(apis, name)) {
    const api = apis[name];
    // `cloud.callFunction` is a member; of `showToast.object.image` nothing more is known.
    if (part === undefined || !isOptions(api)) return true;
    return Object.hasOwn(api, part) && !isAbsent(api[part]);
  }
  const known = attributes.get(name);
  if (known === undefined) return false;
  if (part === undefined || /^(bind|catch)/.test(part)) return true;
  if (!known.has(part)) return false;
  return name !== 'button' || part !== 'open-type' || option === undefined || openTypes.has(option);
}
