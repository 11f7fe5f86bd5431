import { cloudEnvironment } from '../shared/session/cloud-environment';
import { functionEntry } from '../shared/session/function-entry';
import { logOut } from '../shared/session/session-actions';

export const main = functionEntry('logout', cloudEnvironment(), logOut);
