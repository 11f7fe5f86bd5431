/** The door of the local cloud for tests and measurements. */
export type { CallRecord } from './call-log';
export { sdkVariables } from './functions/sdk-variables';
export { openDocumentStore } from './state/document-store';
