import { cloudEnvId, transport } from './config';
import { startSession } from './session/index';

App({
  onLaunch() {
    // The person is not traced in the console's list of visitors: nothing here needs it.
    if (transport === 'cloud') wx.cloud.init({ env: cloudEnvId, traceUser: false });
    startSession();
  },
});
