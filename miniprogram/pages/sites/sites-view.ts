/** What the page shows, computed from the list's state. No `wx` in here. */
import { browserOf } from '../../devices/browser';
import type { DeviceListState } from '../../devices/device-list';
import { fill, formatTime, type Copy } from '../../i18n/index';

export interface SitesView {
  status: DeviceListState['status'];
  rows: readonly { id: string; name: string; browser: string; times: string }[];
}

export function sitesView(state: DeviceListState, copy: Copy): SitesView {
  if (state.status !== 'loaded') return { status: state.status, rows: [] };
  const rows = state.sessions.flatMap(({ id, site, device, createdAt, renewedAt }) => {
    if (site === undefined) return [];
    const times = fill(copy.sites.times, {
      signedIn: formatTime(copy, createdAt),
      used: formatTime(copy, renewedAt),
    });
    return [{ id, name: site.name, browser: browserOf(device, copy), times }];
  });
  return { status: 'loaded', rows };
}
