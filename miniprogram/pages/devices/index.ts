import { confirmed, report } from '../../dialogs/index';
import { createDeviceList, type DeviceList } from '../../devices/device-list';
import { currentCopy } from '../../i18n/current';
import { follow, unfollow } from '../../session/follow';
import { session, signInPrompt } from '../../session/index';
import { devicesView } from './devices-view';

const copy = currentCopy();

/** Not in the page's data, which is only for what it shows. */
const listOf = new WeakMap<object, DeviceList>();

Component({
  data: {
    copy: copy.devices,
    view: devicesView({ status: 'loading' }, copy),
  },
  lifetimes: {
    attached() {
      const list = createDeviceList(session, (state) =>
        this.setData({ view: devicesView(state, copy) }),
      );
      this.setData({ view: devicesView(list.state, copy) });
      listOf.set(this, list);
      follow(this, [session], () => void list.follow(session.state));
    },
    detached() {
      unfollow(this);
    },
  },
  methods: {
    onLoad() {
      void wx.setNavigationBarTitle({ title: copy.devices.title });
    },
    onShow() {
      void session.refresh();
    },
    onRetryTap() {
      void listOf.get(this)?.reload();
    },
    onSignInTap() {
      void signInPrompt.ask();
    },
    async onEndTap(event: { currentTarget: { dataset: { id: string } } }) {
      const row = this.data.view.rows.find(({ id }) => id === event.currentTarget.dataset.id);
      if (row === undefined) return;
      if (!(await confirmed({ title: row.endTitle, content: row.endText }))) return;
      await reportEnd(listOf.get(this)?.end(row.id));
    },
    async onEndOthersTap() {
      const { endOthers: title, endOthersText: content } = copy.devices;
      if (!(await confirmed({ title, content }))) return;
      await reportEnd(listOf.get(this)?.endOthers());
    },
  },
});

async function reportEnd(done = Promise.resolve(false)): Promise<void> {
  await report(done, copy.devices.ended);
}
