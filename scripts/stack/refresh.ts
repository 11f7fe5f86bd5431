import { MiniprogramCompileError, type CompiledApp, type Preview, type Problem } from '#preview';

export interface Refresh {
  /**
   * Compiles the built mini program again, and resolves when open pages have been told: phones take
   * new styles while they run, and for anything else start again, on the pages that they had open.
   * A call while one is under way begins when that has ended.
   *
   * @throws MiniprogramCompileError, whose problems the pages show until the next call. What they
   * showed before is served on, whole.
   */
  refresh(): Promise<void>;
  /**
   * Shows why the mini program or a function could not be built. With none: it could, and nothing
   * is shown any more.
   */
  showProblems(problems: readonly Problem[]): void;
}

export function refreshOf(
  preview: Pick<Preview, 'show'>,
  compile: () => Promise<CompiledApp>,
): Refresh {
  let ofBuild: readonly Problem[] = [];
  let ofRefresh: readonly Problem[] = [];
  let last = Promise.resolve();
  /** Each once: whoever builds may show again what `refresh` threw. */
  const problems = (): Problem[] => {
    const found = new Map([...ofBuild, ...ofRefresh].map((one) => [JSON.stringify(one), one]));
    return [...found.values()];
  };
  const compileAndShow = async (): Promise<void> => {
    try {
      const app = await compile();
      ofRefresh = [];
      preview.show({ app, problems: problems() });
    } catch (error) {
      if (error instanceof MiniprogramCompileError) {
        ofRefresh = error.problems;
        preview.show({ problems: problems() });
      }
      throw error;
    }
  };
  return {
    refresh() {
      const next = last.catch(() => undefined).then(compileAndShow);
      last = next;
      return next;
    },
    showProblems(found) {
      ofBuild = found;
      preview.show({ problems: problems() });
    },
  };
}
