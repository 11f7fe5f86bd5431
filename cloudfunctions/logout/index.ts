import { cloudEnvironment } from '../shared/session/cloud-environment';
import { functionEntry } from '../shared/session/function-entry';
import { logoutAction } from '../shared/session/logout-action';

export const main = functionEntry('logout', cloudEnvironment(), logoutAction);
