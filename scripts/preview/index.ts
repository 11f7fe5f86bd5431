/** The mini program in a browser: two phones side by side and, between them, what the cloud sees. */
export { MiniprogramCompileError } from './compile-miniprogram';
export { compilePreview } from './compile-preview';
export { createPlatform } from './platform';
export { createPreview, type Preview } from './server';
export { PreviewStartError } from './start-error';
