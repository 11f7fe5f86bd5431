/** Deploying, and the parts of it with which the doctor examines the cloud. */
export { CloudApiError, type Cloud } from './cloud';
export { readCode } from './code';
export { askForCredentials, credentialsIn, hasPartOfKey, requireCredentials } from './credentials';
export { explain } from './explain';
export { openManagedCloud, type Credentials } from './managed-cloud';
export { MANAGEMENT_LIBRARY } from './management-library';
export { planChanges, type Wanted } from './plan';
export type { DeployReport } from './report';
export { runDeploy, type DeployOptions } from './run';
export { readActual, readWanted } from './wanted';
