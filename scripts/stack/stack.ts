import {
  compilePreview,
  createPreview,
  madeUpLoginCodes,
  startProvider,
  webSiteConfig,
  webSiteVariables,
  type FunctionVariables,
  type ShownProject,
} from '#preview';
import { freePort } from '../lib/free-port';

interface Running {
  close(): Promise<void>;
}

interface RunningCloud extends Running {
  readonly url: string;
}

interface StackOptions<Cloud extends RunningCloud> {
  /** A built mini program. */
  miniprogramDir: string;
  /** Whose it is. Default: this project's own, with the server of its provider and a web page. */
  project?: ShownProject;
  /** Where the compiled preview goes. Emptied first. */
  assetsDir: string;
  /** Of the preview. 0, the default, takes any free one. */
  port?: number;
  /** Starts the cloud. Its functions find the provider by these variables. */
  startCloud: (functionVariables: FunctionVariables) => Promise<Cloud>;
}

export interface Stack<Cloud extends RunningCloud> extends Running {
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
  const { miniprogramDir, project, assetsDir, startCloud } = options;
  // The gateway is told the origin of the web page before the page is served.
  const port = options.port || (await freePort());
  const refresh = (): Promise<void> =>
    compilePreview({ miniprogramDir, outDir: assetsDir, ...(project && { project }) });
  await refresh();
  const running: Running[] = [];
  const close = async (): Promise<void> => {
    for (const part of running.splice(0).reverse()) await part.close();
  };
  try {
    const provider = project === undefined ? await startProvider() : madeUpLoginCodes();
    running.push(provider);
    const cloud = await startCloud(
      project === undefined ? withWebSite(provider.functionVariables, port) : {},
    );
    running.push(cloud);
    const preview = await createPreview({
      port,
      cloudUrl: cloud.url,
      assetsDir,
      provider,
      ...(project === undefined && { webSite: webSiteConfig(cloud.url) }),
    });
    running.push(preview);
    return { url: preview.url, cloud, refresh, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function withWebSite(variables: FunctionVariables, port: number): FunctionVariables {
  const gateway = { ...variables['gateway'], ...webSiteVariables(port)['gateway'] };
  return { ...variables, gateway };
}
