import type { Platform } from './provider';
import { qq } from './qq';
import { wechat } from './wechat';

export const platforms = { wechat, qq } satisfies Record<string, Platform>;

export type PlatformName = keyof typeof platforms;

export function isPlatformName(value: unknown): value is PlatformName {
  return typeof value === 'string' && Object.keys(platforms).includes(value);
}
