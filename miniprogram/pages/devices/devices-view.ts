/** What the page shows, computed from the list's state. No `wx` in here. */
import type { DeviceListState } from '../../devices/device-list';
import { fill, formatTime, type Copy } from '../../i18n/index';

export interface DevicesView {
  status: DeviceListState['status'];
  rows: readonly { id: string; name: string; badge: string; detail: string; canEnd: boolean }[];
  hasOthers: boolean;
  busy: boolean;
}

export function devicesView(state: DeviceListState, copy: Copy): DevicesView {
  if (state.status !== 'loaded') {
    return { status: state.status, rows: [], hasOthers: false, busy: false };
  }
  const { devices } = copy;
  const rows = state.sessions.map(({ id, device, renewedAt, createdAt, current }) => ({
    id,
    name: device.name || devices.unknown,
    badge: current ? devices.thisDevice : '',
    detail: current
      ? fill(devices.signedInAt, { time: formatTime(copy, createdAt) })
      : fill(devices.lastUsed, { time: formatTime(copy, renewedAt) }),
    canEnd: !current,
  }));
  return { status: 'loaded', rows, hasOthers: rows.length > 1, busy: state.busy };
}
