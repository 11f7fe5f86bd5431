import {
  compileApp,
  CompileMemory,
  compilePages,
  createPreview,
  startProvider,
  webSiteConfig,
  webSiteVariables,
  type FunctionVariables,
} from '#preview';
import { freePort } from '../lib/free-port';
import { refreshOf, type Refresh } from './refresh';
import { closeAtEnd } from '../lib/process-end';

interface Running {
  close(): Promise<void>;
}

interface RunningCloud extends Running {
  readonly url: string;
}

interface StackOptions<Cloud extends RunningCloud> {
  /** A built mini program. */
  miniprogramDir: string;
  /** Of the preview. 0, the default, takes any free one. */
  port?: number;
  /** Starts the cloud. Its functions find the provider by these variables. */
  startCloud: (functionVariables: FunctionVariables) => Promise<Cloud>;
}

export interface Stack<Cloud extends RunningCloud> extends Running, Refresh {
  /** The address of the preview. */
  readonly url: string;
  readonly cloud: Cloud;
}

/**
 * Starts the provider, the cloud and the preview, each knowing the one before. When one of them
 * fails, the others are closed.
 *
 * @throws MiniprogramCompileError, PreviewStartError, and what `startCloud` throws
 */
export async function startStack<Cloud extends RunningCloud>(
  options: StackOptions<Cloud>,
): Promise<Stack<Cloud>> {
  const { miniprogramDir, startCloud } = options;
  // The gateway is told the origin of the web page before the page is served.
  const port = options.port || (await freePort());
  const running: Running[] = [];
  const close = closeAtEnd(async () => {
    for (const part of running.splice(0).reverse()) await part.close();
  });
  const startBoth = async () => {
    const provider = await startProvider();
    running.push(provider);
    const gateway = {
      ...provider.functionVariables['gateway'],
      ...webSiteVariables(port)['gateway'],
    };
    const cloud = await startCloud({ ...provider.functionVariables, gateway });
    running.push(cloud);
    return { provider, cloud };
  };
  const memory = new CompileMemory();
  const compileIt = () => compileApp(miniprogramDir, memory);
  try {
    const compiling = Promise.all([compilePages(miniprogramDir), compileIt()]);
    const starting = startBoth();
    // Until both have ended, it isn't known what there is to close.
    await Promise.allSettled([compiling, starting]);
    const [pages, app] = await compiling;
    const { provider, cloud } = await starting;
    const webSite = webSiteConfig(cloud.url);
    const preview = await createPreview({
      port,
      cloudUrl: cloud.url,
      pages,
      app,
      provider,
      webSite,
    });
    running.push(preview);
    const refresh = refreshOf(preview, compileIt);
    return { url: preview.url, cloud, close, ...refresh };
  } catch (error) {
    await close();
    throw error;
  }
}
