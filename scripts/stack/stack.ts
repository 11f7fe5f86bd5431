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
  type Problem,
  type ShownProject,
} from '#preview';
import { freePort } from '../lib/free-port';
import { refreshOf, type Refresh } from './refresh';
import { tellingWarnings } from './warnings';
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
  /** Receives a line for each thing that is not as it should be, and is shown all the same. */
  onWarning?: (line: string) => void;
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
  const { miniprogramDir, inProject, project, onWarning, startCloud } = options;
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
  const tellWarnings = onWarning && tellingWarnings(onWarning);
  const compileIt = async () => {
    try {
      const app = await compileApp(miniprogramDir, { project, memory });
      tellWarnings?.(within(app.warnings, inProject));
      return app;
    } catch (error) {
      if (!(error instanceof MiniprogramCompileError)) throw error;
      throw new MiniprogramCompileError(within(error.problems, inProject), { cause: error.cause });
    }
  };
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

/** Named from the folder in which the mini program lies. */
function within(problems: readonly Problem[], folder: string | undefined): readonly Problem[] {
  if (folder === undefined) return problems;
  return problems.map((one) => ({ ...one, file: [folder, one.file].filter(Boolean).join('/') }));
}

function withWebSite(variables: FunctionVariables, port: number): FunctionVariables {
  const gateway = { ...variables['gateway'], ...webSiteVariables(port)['gateway'] };
  return { ...variables, gateway };
}
