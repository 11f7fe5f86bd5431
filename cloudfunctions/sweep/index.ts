import { cloudEnvironment } from '../shared/session/cloud-environment';
import { timerEntry } from '../shared/session/function-entry';
import { sweepExpired } from '../shared/session/sweep-expired';

export const main = timerEntry('sweep', cloudEnvironment(), sweepExpired);
