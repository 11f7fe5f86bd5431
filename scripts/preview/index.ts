/**
 * The mini program in a browser: two phones side by side and, between them, what the cloud sees.
 */
import { compileApp as compile, type CompiledApp } from './compile-app';
import { compilePages as compileThem, type CompiledPages } from './compile-pages';
import { thisApp } from './this-app/app';
import { asksForPhoneNumbers } from './this-app/sign-in-methods';

export type { FunctionVariables } from './app/provider-server';
export type { MiniprogramBundle, Theme } from './bundle/bundle';
export { compileMiniprogram, MiniprogramCompileError } from './compile-miniprogram';
export type { CompiledApp } from './compile-app';
export type { CompiledPages } from './compile-pages';
export { createPreview, type Preview } from './server';
export type { Problem } from '../miniprogram-files/compile-error';
export { PreviewStartError } from './start-error';
export { startProvider } from './this-app/provider-server';
export { webSiteConfig, webSiteVariables } from './this-app/web-site';
export type { BundleReply, BundleRequest } from './write-bundle';

/**
 * The mini program as phones load it.
 *
 * @param miniprogramDir a built one: `dist/miniprogram/`
 *
 * @throws MiniprogramCompileError
 */
export function compileApp(miniprogramDir: string): Promise<CompiledApp> {
  return compile(miniprogramDir, thisApp);
}

/** The preview's own pages, for this mini program. */
export function compilePages(miniprogramDir: string): Promise<CompiledPages> {
  return compileThem({ asksForPhoneNumbers: asksForPhoneNumbers(miniprogramDir) });
}
