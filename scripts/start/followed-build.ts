/** The project's build, made again after each change, and told in the terminal and on the page. */
import { isDeepStrictEqual } from 'node:util';
import {
  changeInWords,
  createBuilder,
  failureInWords,
  followSources,
  problemsOf,
  type Builder,
  type BuildReport,
} from '../build';
import { coloursOn } from '../lib/colours';
import { text } from '../lib/language';
import { BUILDING, showProgress } from '../lib/progress';
import { waitsForMend } from '../lib/waits-for-mend';
import { MiniprogramCompileError } from '../miniprogram-files/compile-error';
import { root } from '../project/root';

export interface FollowedOptions {
  /** In the place of those that the project offers. */
  signInMethods?: string;
  /** Ask for changes again and again. */
  poll: boolean;
}

/** A running preview of what is built. */
interface Shown {
  refresh(): Promise<void>;
  showProblems(problems: ReturnType<typeof problemsOf>): void;
}

export interface FollowedBuild {
  /** Resolves to how many builds have succeeded, once that is more than `than` and the last one did. */
  more(than: number): Promise<number>;
  /** From now on what is built is shown there: at once, if more than `built` have succeeded. */
  showIn(shown: Shown, built: number): Promise<void>;
  close(): Promise<void>;
}

/** What is said below an error. */
const goesOn = (): string =>
  coloursOn(process.stderr).dim(
    text({
      zh: '手机上继续运行上一次构建的版本。',
      en: 'The phones go on with what was built before.',
    }),
  );

/** Resolves after the first build, whether it succeeded or not. */
export async function followBuild({
  signInMethods,
  poll,
}: FollowedOptions): Promise<FollowedBuild> {
  const builder = sayingWhatItLeaves(
    createBuilder({ ...(signInMethods !== undefined && { signInMethods }), libraries: false }),
  );
  let shown: Shown | undefined;
  let built = 0;
  let problems: ReturnType<typeof problemsOf> = [];
  let toldMore: (() => void) | undefined;

  /** Resolves to whether it is shown. */
  const refresh = async (): Promise<boolean> => {
    try {
      await shown?.refresh();
      return true;
    } catch (error) {
      if (!(error instanceof MiniprogramCompileError)) throw error;
      console.error(`${error.message}\n${goesOn()}`);
      return false;
    }
  };
  const onBuilt = async (
    { changed, durationMs }: BuildReport,
    sources: readonly string[],
  ): Promise<void> => {
    const begin = performance.now();
    built += 1;
    problems = [];
    shown?.showProblems(problems);
    toldMore?.();
    const isSeen = changed.some((path) => path.startsWith('miniprogram/'));
    if (isSeen && !(await refresh())) return;
    const line = changeInWords(sources, durationMs + performance.now() - begin);
    console.log(coloursOn(process.stdout).dim(line));
  };
  const follower = await showProgress(BUILDING, () =>
    followSources({
      builder,
      dir: root,
      poll,
      onBuilt,
      onFailed(error) {
        console.error(
          `${failureInWords(error)}\n${shown === undefined ? waitsForMend() : goesOn()}`,
        );
        problems = problemsOf(error);
        shown?.showProblems(problems);
        return Promise.resolve();
      },
      onNotice: (sentence) => {
        console.error(sentence);
      },
    }),
  );
  return {
    async more(than) {
      while (built <= than || problems.length > 0)
        await new Promise<void>((resolve) => (toldMore = resolve));
      return built;
    },
    async showIn(started, builtBefore) {
      shown = started;
      shown.showProblems(problems);
      if (built > builtBefore) await refresh();
    },
    async close() {
      await follower.close();
      await builder.close();
    },
  };
}

/** The local cloud makes collections and their indexes when it starts: no build changes them. */
function sayingWhatItLeaves(builder: Builder): Builder {
  let atFirst: BuildReport['collections'] | undefined;
  let told: typeof atFirst;
  return {
    ...builder,
    async build(sources) {
      const report = await builder.build(sources);
      const { collections: now } = report;
      atFirst ??= now;
      if (!isDeepStrictEqual(now, atFirst) && !isDeepStrictEqual(now, told)) {
        console.log(
          text({
            zh: 'resources.json 里的集合和索引，重新运行 npm start 后才会创建。',
            en: 'The collections and indexes of resources.json are made at the next npm start.',
          }),
        );
      }
      told = now;
      return report;
    },
  };
}
