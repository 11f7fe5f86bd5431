import { cloudEnvironment } from '../shared/session/cloud-environment';
import { functionEntry } from '../shared/session/function-entry';
import { loginAction } from '../shared/session/login-action';

export const main = functionEntry('login', cloudEnvironment(), loginAction);
