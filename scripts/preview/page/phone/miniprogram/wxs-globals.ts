import type { TemplateMaker } from '../../../bundle/bundle';
import { wxsCalls } from '../glass-easel/wxs-calls';
import type { ErrorLog } from '../state/error-log';

type WxsGlobals = Parameters<TemplateMaker>[0];

const TYPES = new Set([
  'Array',
  'Boolean',
  'Date',
  'Function',
  'Number',
  'Object',
  'RegExp',
  'String',
]);

/** https://developers.weixin.qq.com/miniprogram/dev/reference/wxs/06datatype.html */
export function wxsGlobals(context: { date: DateConstructor; errors: ErrorLog }): WxsGlobals {
  return {
    getRegExp: (pattern, flags) => new RegExp(pattern, flags),
    getDate: (...args) => Reflect.construct(context.date, args) as Date,
    wxsConstructor: (value) => {
      // As JavaScript has it, and WXS: reading a member of nothing fails.
      const known = Object(value) === value ? (value as { constructor: unknown }).constructor : 0;
      const type = Object.prototype.toString.call(value).slice(8, -1);
      return TYPES.has(type) ? type : known;
    },
    wxsFailed: (file, error) => {
      context.errors.report(file, error);
    },
    ...wxsCalls((where, code) => context.errors.run(where, code)),
  };
}
