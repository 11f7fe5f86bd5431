/** The door of the preview for tests: a phone without a browser. */
export type { MiniprogramBundle, Theme } from '../bundle/bundle';
export { Environment, type DeviceProfile, type Language } from './phone/state/environment';
export type { PhoneNumberAnswer } from './phone/state/phone-number';
export { messageOf } from './phone/state/error-log';
export { startPhone } from './phone/phone';
export type { PageUrl } from './phone/miniprogram/page-url';
export type { TempFile } from './phone/state/temp-files';
export type { KeyValueStore } from './phone/wx/storage';
export type { ProviderId } from '../this-app/providers';
