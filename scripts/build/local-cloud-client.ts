import { mkdir, writeFile } from 'node:fs/promises';
import { build, type Plugin } from 'esbuild';

/** Older than what DevTools compile by themselves: the file may be copied into any mini program. */
const TARGET = 'es2017';

const HOW_TO = `/**
 * Uses the local cloud from WeChat DevTools, for development only. Copy this file into your mini
 * program, and the .d.ts beside it if you write TypeScript. At the top of app.js:
 *
 *     const { useLocalCloud } = require('./use-local-cloud.js');
 *     if (localCloudUrl !== '') useLocalCloud(wx, { url: localCloudUrl, openid: 'me' });
 *
 * localCloudUrl is http://127.0.0.1:8787 while you develop, and empty in what you upload. In DevTools,
 * tick 详情 → 本地设置 → 不校验合法域名. callFunction, uploadFile, downloadFile, getTempFileURL,
 * deleteFile, database and CloudID of wx.cloud then reach the local cloud; the rest is left as it is.
 */`;

const TYPES = `export interface LocalCloudUser {
  /** The address that \`npm run local-cloud\` prints. */
  url: string;
  /** Who you are. In the cloud, WeChat vouches for it. */
  openid: string;
  appid?: string;
}
/** @param wx the mini program's own */
export function useLocalCloud(wx: object, user: LocalCloudUser): void;
`;

/** A quarter of the library is its client for pushed changes: here, a watch asks. */
const withoutRealtimeClient: Plugin = {
  name: 'without-realtime-client',
  setup(bundler) {
    bundler.onLoad({ filter: /database[\\/].*realtime[\\/]websocket-client\.js$/ }, () => ({
      contents: 'export class RealtimeWebSocketClient {}',
    }));
  },
};

/** `use-local-cloud.js`, one file for any mini program, and its types. */
export async function buildLocalCloudClient(localCloudDir: string, outDir: string): Promise<void> {
  await mkdir(outDir, { recursive: true });
  await build({
    entryPoints: [`${localCloudDir}/devtools/with-database.ts`],
    outfile: `${outDir}/use-local-cloud.js`,
    bundle: true,
    // There is no Node in a mini program, and no browser either: see the test.
    platform: 'browser',
    target: TARGET,
    format: 'cjs',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    banner: { js: HOW_TO },
    logLevel: 'warning',
    plugins: [withoutRealtimeClient],
  });
  await writeFile(`${outDir}/use-local-cloud.d.ts`, TYPES);
}
