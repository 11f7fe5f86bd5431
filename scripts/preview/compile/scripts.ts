import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type BuildFailure, type Plugin } from 'esbuild';
import { MiniprogramCompileError } from '../../miniprogram-files/compile-error';

/** What WeChat gives every script as a global. */
const GIVEN = [
  'wx', 'App', 'Page', 'Component', 'Behavior', 'getApp', 'getCurrentPages', 'Date',
] as const; // prettier-ignore

/** What a browser has and WeChat's script layer lacks. */
const LACKING = [
  'window', 'document', 'self', 'parent', 'top', 'frames', 'location', 'history', 'navigator', 'localStorage',
  'sessionStorage', 'indexedDB', 'fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'alert', 'confirm', 'prompt',
  'crypto', 'structuredClone', 'TextEncoder', 'TextDecoder', 'URL', 'URLSearchParams', 'AbortController', 'Blob',
  'FormData', 'Headers', 'Request', 'Response', 'btoa', 'atob', 'performance', 'queueMicrotask',
  'requestAnimationFrame', 'process', 'global',
] as const; // prettier-ignore

/**
 * JavaScript whose value is a `ScriptRunner`: app.js and the scripts of `paths` with all they
 * require, each file run once, so that two pages see the same module state.
 */
export async function compileScripts(
  dir: string,
  paths: readonly string[],
  settings?: object,
): Promise<string> {
  const scripts = await existing(dir, ['app', ...paths]);
  const entry = scripts
    .map((path) => `${JSON.stringify(path)}: () => require("./${path}.js")`)
    .join(',\n');
  const code = await bundle(dir, `module.exports = {\n${entry}\n};`, settings);
  return `function (module, { ${GIVEN.join(', ')} }) {
var exports = module.exports, ${LACKING.join(', ')};
${code}}`;
}

async function existing(dir: string, paths: readonly string[]): Promise<string[]> {
  const missing: string[] = [];
  for (const path of paths) {
    await access(join(dir, `${path}.js`)).catch(() => missing.push(path));
  }
  if (missing.length > 0) {
    throw new MiniprogramCompileError(
      missing.map((path) => ({ file: `${path}.js`, message: 'is missing' })),
    );
  }
  return [...paths];
}

async function bundle(dir: string, contents: string, settings?: object): Promise<string> {
  try {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: dir, sourcefile: 'miniprogram.js' },
      bundle: true,
      format: 'cjs',
      platform: 'neutral',
      write: false,
      logLevel: 'silent',
      charset: 'utf8',
      absWorkingDir: dir,
      plugins: [pathsFromTheRoot(dir), ...(settings ? [otherSettings(dir, settings)] : [])],
    });
    return outputFiles[0]?.text ?? '';
  } catch (cause) {
    if (!isBuildFailure(cause)) throw cause;
    throw new MiniprogramCompileError(
      cause.errors.map(({ text, location }) => ({
        file: location?.file ?? 'app.js',
        ...(location === null ? {} : { line: location.line, column: location.column + 1 }),
        message: text,
      })),
    );
  }
}

/** `require('/lib/x')` starts at the root of the mini program. */
function pathsFromTheRoot(dir: string): Plugin {
  return {
    name: 'paths-from-the-root',
    setup(bundler) {
      bundler.onResolve({ filter: /^\// }, ({ path, kind }) =>
        bundler.resolve(`.${path}`, { resolveDir: dir, kind }),
      );
    },
  };
}

/** Replaces some of what config.js exports. */
function otherSettings(dir: string, settings: object): Plugin {
  const file = join(dir, 'config.js');
  return {
    name: 'other-settings',
    setup(bundler) {
      bundler.onLoad({ filter: /[\\/]config\.js$/ }, async ({ path }) =>
        path === file
          ? {
              contents: `${await readFile(file, 'utf8')}
module.exports = { ...module.exports, ...${JSON.stringify(settings)} };`,
            }
          : undefined,
      );
    },
  };
}

function isBuildFailure(cause: unknown): cause is BuildFailure {
  return cause instanceof Error && 'errors' in cause && Array.isArray(cause.errors);
}
