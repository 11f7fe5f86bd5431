/** The door of the local cloud for tests and measurements. */
export { openDocumentStore } from './database/store/document-store';
export type { CallRecord } from './environment/call-log';
export { sdkVariables } from './environment/sdk-variables';
export {
  openTestCloud,
  type Answer,
  type Caller,
  type TestCloud,
  type TestCloudOptions,
} from './test-cloud';
