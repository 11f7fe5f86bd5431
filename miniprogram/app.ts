import { cloudEnvId, transport } from './config';
import './configure';
import { startSession } from './session/index';

App({
  onLaunch() {
    // People are not listed as visitors in the console: nothing here needs that.
    if (transport === 'cloud') wx.cloud.init({ env: cloudEnvId, traceUser: false });
    startSession();
  },
});
