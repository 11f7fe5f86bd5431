import type { PhoneId } from './shared/devices';
import { readPageUrls, type PageUrl } from './phone/miniprogram/page-url';

const key = (phone: PhoneId): string => `pages:${phone}`;

/** For the next start of this phone, in this tab, and no other. */
export function keepPages(phone: PhoneId, pages: readonly PageUrl[]): void {
  sessionStorage.setItem(key(phone), JSON.stringify(pages));
}

export function takeKeptPages(phone: PhoneId): PageUrl[] {
  const kept = sessionStorage.getItem(key(phone));
  sessionStorage.removeItem(key(phone));
  return kept === null ? [] : readPageUrls(JSON.parse(kept));
}
