/**
 * The mini program in a browser: two phones side by side and, between them, what the cloud sees.
 */
import { compilePreview as compile } from './compile-preview';
import { thisApp } from './this-app/app';
import { asksForPhoneNumbers } from './this-app/sign-in-methods';

export type { FunctionVariables } from './app/provider-server';
export type { MiniprogramBundle, Theme } from './bundle/bundle';
export { compileMiniprogram, MiniprogramCompileError } from './compile-miniprogram';
export { createPreview, type Preview } from './server';
export { PreviewStartError } from './start-error';
export { startProvider } from './this-app/provider-server';
export { webSiteConfig, webSiteVariables } from './this-app/web-site';
export type { BundleReply, BundleRequest } from './write-bundle';

interface PreviewFolders {
  /** A built mini program: `dist/miniprogram/`. */
  miniprogramDir: string;
  /** Emptied first. */
  outDir: string;
}

/**
 * Everything the preview's server hands out: the panel, the phone, and the mini program in it.
 *
 * @throws MiniprogramCompileError
 */
export function compilePreview(folders: PreviewFolders): Promise<void> {
  return compile({
    ...folders,
    app: thisApp,
    asksForPhoneNumbers: asksForPhoneNumbers(folders.miniprogramDir),
  });
}
