import type { Provider } from './provider';
import { qq } from './qq';
import { wechat } from './wechat';

export const providers = { wechat, qq } satisfies Record<string, Provider>;

export type ProviderName = keyof typeof providers;

export function isProviderName(value: unknown): value is ProviderName {
  return typeof value === 'string' && Object.keys(providers).includes(value);
}
