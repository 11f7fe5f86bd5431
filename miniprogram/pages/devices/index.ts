import { createDeviceList, type DeviceList } from '../../devices/device-list';
import { fill } from '../../i18n/index';
import { currentCopy } from '../../i18n/current';
import { session, signInPrompt } from '../../session/index';
import { devicesView } from './devices-view';

const copy = currentCopy();

interface Held {
  list: DeviceList;
  stopListening: () => void;
}
const heldBy = new WeakMap<object, Held>();

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
      const stopListening = session.onChange((state) => void list.follow(state));
      heldBy.set(this, { list, stopListening });
      void list.follow(session.state);
    },
    detached() {
      heldBy.get(this)?.stopListening();
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
      void heldBy.get(this)?.list.reload();
    },
    onSignInTap() {
      void signInPrompt.ask();
    },
    async onEndTap(event: { currentTarget: { dataset: { id: string; name: string } } }) {
      const { id, name } = event.currentTarget.dataset;
      const content = fill(copy.devices.endText, { device: name });
      if (!(await confirmed(copy.devices.endTitle, content))) return;
      await report(heldBy.get(this)?.list.end(id));
    },
    async onEndOthersTap() {
      if (!(await confirmed(copy.devices.endOthers, copy.devices.endOthersText))) return;
      await report(heldBy.get(this)?.list.endOthers());
    },
  },
});

async function confirmed(title: string, content: string): Promise<boolean> {
  const { confirm } = await wx.showModal({
    title,
    content,
    confirmText: copy.mine.confirm,
    cancelText: copy.mine.cancel,
  });
  return confirm;
}

async function report(done: Promise<boolean> | undefined): Promise<void> {
  const title = (await done) === true ? copy.devices.ended : copy.mine.failed;
  await wx.showToast({ title, icon: 'none' });
}
