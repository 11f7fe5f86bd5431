/** The mini program in a browser: two phones side by side and, between them, what the cloud sees. */
export type { MiniprogramBundle, Theme } from './bundle';
export { compileMiniprogram, MiniprogramCompileError } from './compile-miniprogram';
export { compilePreview } from './compile-preview';
export { startProvider, type FunctionVariables } from './this-app/provider-server';
export type { BundleReply, BundleRequest } from './write-bundle';
export { createPreview, type Preview } from './server';
export { PreviewStartError } from './start-error';
