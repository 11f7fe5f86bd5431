import { cloudEnvironment } from '../shared/session/cloud-environment';
import { functionEntry } from '../shared/session/function-entry';
import { sessionAction } from '../shared/session/session-action';

export const main = functionEntry('session', cloudEnvironment(), sessionAction);
