/** The door of the preview for tests: a phone without a browser. */
export type { MiniprogramBundle, Theme } from '../bundle';
export { Environment, type DeviceProfile, type Language } from './phone/environment';
export { messageOf } from './phone/error-log';
export { startPhone } from './phone/phone';
export type { TempFile } from './phone/temp-files';
export type { KeyValueStore } from './phone/wx/storage';
export type { Platform } from '../this-app/people';
