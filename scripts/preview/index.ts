/**
 * The mini program in a browser: two phones side by side and, between them, what the cloud sees.
 */
import { anyApp } from './any-app/any-app';
import { asksForPhoneNumbers as anyAsksForPhoneNumbers } from './any-app/asks-for-phone-numbers';
import type { ShownProject } from './app/settings';
import { compilePreview as compile } from './compile-preview';
import { thisApp } from './this-app/app';
import { asksForPhoneNumbers } from './this-app/sign-in-methods';

export { madeUpLoginCodes } from './any-app/login-codes';
export type { FunctionVariables } from './app/provider-server';
export type { ShownProject } from './app/settings';
export type { MiniprogramBundle, Theme } from './bundle/bundle';
export { compileMiniprogram, MiniprogramCompileError } from './compile-miniprogram';
export { createPreview, type Preview } from './server';
export { PreviewStartError } from './start-error';
export { startProvider } from './this-app/provider-server';
export { webSiteConfig, webSiteVariables } from './this-app/web-site';
export type { BundleReply, BundleRequest } from './write-bundle';

interface PreviewOptions {
  /** A built mini program: `dist/miniprogram/`. */
  miniprogramDir: string;
  /** Emptied first. */
  outDir: string;
  /** Whose mini program it is. Default: this project's own. */
  project?: ShownProject;
}

/**
 * Everything the preview's server hands out: the panel, the phone, and the mini program in it.
 *
 * @throws MiniprogramCompileError
 */
export function compilePreview({ project, ...folders }: PreviewOptions): Promise<void> {
  const { miniprogramDir } = folders;
  if (project === undefined) {
    const settings = { asksForPhoneNumbers: asksForPhoneNumbers(miniprogramDir) };
    return compile({ ...folders, app: thisApp, settings });
  }
  const settings = { asksForPhoneNumbers: anyAsksForPhoneNumbers(miniprogramDir), project };
  return compile({ ...folders, app: anyApp(project), settings });
}
