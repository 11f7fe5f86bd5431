import { confirmed, report } from '../../dialogs/index';
import { createDeviceList, type DeviceList } from '../../devices/device-list';
import { fill } from '../../i18n/index';
import { currentCopy } from '../../i18n/current';
import { follow, unfollow } from '../../session/follow';
import { session, signInPrompt } from '../../session/index';
import { sitesView } from './sites-view';

const copy = currentCopy();
const { end, ended, loading, failed, signIn, endSiteTitle, endSiteText } = copy.devices;

/** Not in the page's data, which is only for what it shows. */
const listOf = new WeakMap<object, DeviceList>();

Component({
  data: {
    copy: { end, loading, failed, signIn, ...copy.sites },
    view: sitesView({ status: 'loading' }, copy),
  },
  lifetimes: {
    attached() {
      const list = createDeviceList(session, (state) =>
        this.setData({ view: sitesView(state, copy) }),
      );
      this.setData({ view: sitesView(list.state, copy) });
      listOf.set(this, list);
      follow(this, [session], () => void list.follow(session.state));
    },
    detached() {
      unfollow(this);
    },
  },
  methods: {
    onLoad() {
      void wx.setNavigationBarTitle({ title: copy.sites.title });
    },
    async onShow() {
      await session.refresh();
      // A page that was let in a moment ago is signed in by now.
      const list = listOf.get(this);
      if (list?.state.status === 'loaded') await list.reload();
    },
    onRetryTap() {
      void listOf.get(this)?.reload();
    },
    onSignInTap() {
      void signInPrompt.ask();
    },
    async onEndTap(event: { currentTarget: { dataset: { id: string; name: string } } }) {
      const { id, name } = event.currentTarget.dataset;
      const content = fill(endSiteText, { site: name });
      if (!(await confirmed({ title: endSiteTitle, content }))) return;
      await report(listOf.get(this)?.end(id) ?? Promise.resolve(false), ended);
    },
  },
});
