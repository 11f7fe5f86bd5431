import { sessionCardView } from '../../components/session-card/session-card-view';
import { copyFor } from '../../i18n/index';
import { session } from '../../session/index';

const copy = copyFor(wx.getAppBaseInfo().language);

/** How to stop listening to the session, by page, since a page's data is only for what it shows. */
const stopListening = new WeakMap<object, () => void>();

Component({
  data: {
    copy: copy.home,
    view: sessionCardView(session.state, copy),
  },
  lifetimes: {
    attached() {
      const show = () => this.setData({ view: sessionCardView(session.state, copy) });
      stopListening.set(this, session.onChange(show));
      show();
    },
    detached() {
      stopListening.get(this)?.();
    },
  },
  methods: {
    onLoad() {
      void wx.setNavigationBarTitle({ title: copy.home.title });
    },
    onSignIn() {
      void session.login();
    },
    onRefresh() {
      void session.check();
    },
    onSignOut() {
      void session.logout();
    },
  },
});
