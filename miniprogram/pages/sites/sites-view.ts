/** What the page shows, computed from the list's state. No `wx` in here. */
import { browserOf } from '../../devices/browser';
import type { DeviceListState } from '../../devices/device-list';
import { fill, formatTime, type Copy } from '../../i18n/index';

interface SiteRow {
  id: string;
  name: string;
  browser: string;
  times: string;
}

export interface SitesView {
  status: DeviceListState['status'];
  rows: readonly SiteRow[];
}

export function sitesView(state: DeviceListState, copy: Copy): SitesView {
  if (state.status !== 'loaded') return { status: state.status, rows: [] };
  const rows: SiteRow[] = [];
  for (const { id, site, device, createdAt, renewedAt } of state.sessions) {
    if (site === undefined) continue;
    const times = fill(copy.sites.times, {
      signedIn: formatTime(copy, createdAt),
      used: formatTime(copy, renewedAt),
    });
    rows.push({ id, name: site.name, browser: browserOf(device, copy), times });
  }
  return { status: 'loaded', rows };
}
