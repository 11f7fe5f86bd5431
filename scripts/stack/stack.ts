import {
  compileApp,
  CompileMemory,
  compilePages,
  createPreview,
  madeUpLoginCodes,
  MiniprogramCompileError,
  startProvider,
  webSiteConfig,
  webSiteVariables,
  type FunctionVariables,
  type ShownProject,
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
  /** Where it lies in its project: problems name its files from there. Default: they name them from itself. */
  inProject?: string;
  /** Whose it is. Default: this project's own, with the server of its provider and a web page. */
  project?: ShownProject;
  /** Of the preview. 0, the default, takes any free one. */
  port?: number;
  /** Starts the cloud. Its functions find the provider by these variables. */
  startCloud: (functionVariables: FunctionVariables) => Promise<Cloud>;
}

export interface Stack<Cloud extends RunningCloud> extends Running, Refresh {
  /** The address of the preview. */
  readonly url: string;
  readonly cloud: Cloud;
  /**
   * Compiles the mini program again.
   *
   * @throws MiniprogramCompileError, after which what was shown stays
   */
  refresh(): Promise<void>;
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
  const { miniprogramDir, inProject, project, startCloud } = options;
  // The gateway is told the origin of the web page before the page is served.
  const port = options.port || (await freePort());
  const running: Running[] = [];
  const close = closeAtEnd(async () => {
    for (const part of running.splice(0).reverse()) await part.close();
  });
  const startBoth = async () => {
    const provider = project === undefined ? await startProvider() : madeUpLoginCodes();
    running.push(provider);
    const cloud = await startCloud(
      project === undefined ? withWebSite(provider.functionVariables, port) : {},
    );
    running.push(cloud);
    return { provider, cloud };
  };
  const memory = new CompileMemory();
  const compileIt = () =>
    compileApp(miniprogramDir, { project, memory }).catch((error: unknown) => {
      if (!(error instanceof MiniprogramCompileError) || inProject === undefined) throw error;
      throw error.within(inProject);
    });
  try {
    const compiling = Promise.all([compilePages(miniprogramDir, project), compileIt()]);
    const starting = startBoth();
    // Until both have ended, it isn't known what there is to close.
    await Promise.allSettled([compiling, starting]);
    const [pages, app] = await compiling;
    const { provider, cloud } = await starting;
    const preview = await createPreview({
      port,
      cloudUrl: cloud.url,
      pages,
      app,
      provider,
      ...(project === undefined && { webSite: webSiteConfig(cloud.url) }),
    });
    running.push(preview);
    const refresh = refreshOf(preview, compileIt);
    return { url: preview.url, cloud, close, ...refresh };
  } catch (error) {
    await close();
    throw error;
  }
}

function withWebSite(variables: FunctionVariables, port: number): FunctionVariables {
  const gateway = { ...variables['gateway'], ...webSiteVariables(port)['gateway'] };
  return { ...variables, gateway };
}
