import { build, type Plugin } from 'esbuild';
import { root } from '../project/root';
import { explained } from './build-error';
import { textFile, type BuiltFile } from './built-file';
import { onlyOutput } from './only-output';

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

/**
 * `use-local-cloud.js`, one file for any mini program, and its types.
 *
 * @throws BuildError
 */
export async function buildLocalCloudClient(localCloudDir: string): Promise<BuiltFile[]> {
  try {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: [`${localCloudDir}/devtools/with-database.ts`],
      bundle: true,
      // There is no Node in a mini program, and no browser either: see the test.
      platform: 'browser',
      target: TARGET,
      format: 'cjs',
      minify: true,
      charset: 'utf8',
      legalComments: 'none',
      banner: { js: HOW_TO },
      logLevel: 'silent',
      write: false,
      plugins: [withoutRealtimeClient],
    });
    return [
      { path: 'lib/use-local-cloud.js', content: onlyOutput(outputFiles) },
      textFile('lib/use-local-cloud.d.ts', TYPES),
    ];
  } catch (error) {
    throw explained(error);
  }
}
