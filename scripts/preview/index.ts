/**
 * The mini program in a browser: two phones side by side and, between them, what the cloud sees.
 */
import { anyApp } from './any-app/any-app';
import { asksForPhoneNumbers as anyAsksForPhoneNumbers } from './any-app/asks-for-phone-numbers';
import type { ShownProject } from './app/settings';
import { compileApp as compile, type CompiledApp } from './compile-app';
import type { CompileMemory } from './compile-miniprogram';
import { compilePages as compileThem, type CompiledPages } from './compile-pages';
import { thisApp } from './this-app/app';
import { asksForPhoneNumbers } from './this-app/sign-in-methods';

export { madeUpLoginCodes } from './any-app/login-codes';
export type { FunctionVariables } from './app/provider-server';
export type { ShownProject } from './app/settings';
export type { MiniprogramBundle, Theme } from './bundle/bundle';
export { CompileMemory, compileMiniprogram, MiniprogramCompileError } from './compile-miniprogram';
export type { CompiledApp } from './compile-app';
export type { CompiledPages } from './compile-pages';
export { createPreview, type Preview } from './server';
export { describe as describeProblem, type Problem } from '../miniprogram-files/compile-error';
export { PreviewStartError } from './start-error';
export { startProvider } from './this-app/provider-server';
export { webSiteConfig, webSiteVariables } from './this-app/web-site';
export type { BundleReply, BundleRequest } from './write-bundle';

interface AppOptions {
  /** Whose mini program it is. Default: this project's own. */
  project: ShownProject | undefined;
  /** Given again, only what changed is compiled. */
  memory: CompileMemory;
}

/**
 * The mini program as phones load it.
 *
 * @param miniprogramDir a built one: `dist/miniprogram/`
 *
 * @throws MiniprogramCompileError
 */
export function compileApp(
  miniprogramDir: string,
  { project, memory }: AppOptions,
): Promise<CompiledApp> {
  return compile(miniprogramDir, project === undefined ? thisApp : anyApp(project), memory);
}

/** The preview's own pages, for this mini program. */
export function compilePages(
  miniprogramDir: string,
  project: ShownProject | undefined,
): Promise<CompiledPages> {
  if (project === undefined) {
    const settings = { asksForPhoneNumbers: asksForPhoneNumbers(miniprogramDir) };
    return compileThem({ app: thisApp, settings });
  }
  const settings = { asksForPhoneNumbers: anyAsksForPhoneNumbers(miniprogramDir), project };
  return compileThem({ app: anyApp(project), settings });
}
