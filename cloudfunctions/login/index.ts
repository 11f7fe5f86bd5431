import { cloudEnvironment } from '../shared/session/cloud-environment';
import { functionEntry } from '../shared/session/function-entry';
import { logIn } from '../shared/session/session-actions';

export const main = functionEntry('login', cloudEnvironment(), logIn);
