import type { OpenType } from '../miniprogram/router';
import type { BuiltIn } from './built-in';

export type Navigate = (openType: OpenType, url: string) => Promise<unknown>;

const OPEN_TYPES: readonly string[] = [
  'navigate',
  'redirect',
  'switchTab',
  'reLaunch',
  'navigateBack',
] satisfies OpenType[];

export function navigator(navigate: Navigate): BuiltIn {
  return {
    properties: {
      url: String,
      openType: { type: String, value: 'navigate' },
      delta: { type: Number, value: 1 },
      hoverClass: { type: String, value: 'navigator-hover' },
      hoverStartTime: { type: Number, value: 50 },
      hoverStayTime: { type: Number, value: 600 },
      hoverStopPropagation: Boolean,
    },
    create: ({ host }) => {
      host.setAttribute('role', 'link');
      host.tabIndex = 0;
    },
    tap: (element) => {
      const openType = element.text('openType');
      if (!isOpenType(openType)) {
        element.errors.report(
          '<navigator>',
          new Error(`open-type "${openType}" is not part of the preview`),
        );
        return;
      }
      element.errors.watch(
        `<navigator url="${element.text('url')}">`,
        navigate(openType, element.text('url')),
      );
    },
  };
}

function isOpenType(value: string): value is OpenType {
  return OPEN_TYPES.includes(value);
}
