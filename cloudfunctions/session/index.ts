import { cloudEnvironment } from '../shared/session/cloud-environment';
import { functionEntry } from '../shared/session/function-entry';
import { session } from '../shared/session/session-actions';

export const main = functionEntry('session', cloudEnvironment(), session);
