/** What the page shows, computed from the list's state. No `wx` in here. */
import { browserOf } from '../../devices/browser';
import type { DeviceListState } from '../../devices/device-list';
import { fill, formatTime, type Copy } from '../../i18n/index';

interface SiteRow {
  id: string;
  name: string;
  browser: string;
  signedIn: string;
  used: string;
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
    rows.push({
      id,
      name: site.name,
      browser: browserOf(device, copy),
      signedIn: fill(copy.sites.signedIn, { time: formatTime(copy, createdAt) }),
      used: fill(copy.sites.used, { time: formatTime(copy, renewedAt) }),
    });
  }
  return { status: 'loaded', rows };
}
