/** What the page shows, computed from the list's state. No `wx` in here. */
import { browserOf } from '../../devices/browser';
import type { DeviceListState } from '../../devices/device-list';
import { fill, formatTime, type Copy } from '../../i18n/index';

interface DeviceRow {
  id: string;
  /** Of a web page, its site. */
  name: string;
  badge: string;
  /** Of a web page, its browser; else empty. */
  browser: string;
  detail: string;
  canEnd: boolean;
  /** What is asked before it is ended. */
  endTitle: string;
  endText: string;
}

export interface DevicesView {
  status: DeviceListState['status'];
  rows: readonly DeviceRow[];
  hasOthers: boolean;
  busy: boolean;
}

export function devicesView(state: DeviceListState, copy: Copy): DevicesView {
  if (state.status !== 'loaded') {
    return { status: state.status, rows: [], hasOthers: false, busy: false };
  }
  const { devices } = copy;
  const rows = state.sessions.map(({ id, device, site, renewedAt, createdAt, current }) => {
    const name = site?.name ?? (device.name || devices.unknown);
    return {
      id,
      name,
      badge: current ? devices.thisDevice : site === undefined ? '' : devices.web,
      browser: site === undefined ? '' : browserOf(device, copy),
      detail: current
        ? fill(devices.signedInAt, { time: formatTime(copy, createdAt) })
        : fill(devices.lastUsed, { time: formatTime(copy, renewedAt) }),
      canEnd: !current,
      endTitle: site === undefined ? devices.endTitle : devices.endSiteTitle,
      endText:
        site === undefined
          ? fill(devices.endText, { device: name })
          : fill(devices.endSiteText, { site: name }),
    };
  });
  return { status: 'loaded', rows, hasOthers: rows.length > 1, busy: state.busy };
}
