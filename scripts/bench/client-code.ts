import { buildSync } from 'esbuild';
import { root } from '../project/root';

/** What an app takes along, with both transports. */
const PARTS = [
  'session-client',
  'session-storage',
  'sign-in-prompt',
  'device',
  'http-transport',
] as const;

/** The session client in one file. */
export function sessionClientCode(minify: boolean): Uint8Array {
  const { outputFiles } = buildSync({
    stdin: {
      contents: PARTS.map((part) => `export * from './${part}';`).join('\n'),
      resolveDir: `${root}/miniprogram/session`,
    },
    bundle: true,
    minify,
    format: 'cjs',
    target: 'es2018',
    write: false,
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}
