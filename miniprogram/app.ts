import { cloudEnvId, transport } from './config';
import { session } from './session/index';

App({
  onLaunch() {
    // The person is not traced in the console's list of visitors: nothing here needs it.
    if (transport === 'cloud') wx.cloud.init({ env: cloudEnvId, traceUser: false });
    void session.ready();
  },
  onShow() {
    // Whether the session is still good may have changed while the mini program was in the background, and a sign-out may be waiting.
    void session.check();
    void session.sendPendingLogouts();
  },
});
