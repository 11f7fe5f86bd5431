import { installArguments, type Project } from '#local-cloud';
import { runNpm } from '../lib/run-tool';
import { text } from '../lib/language';

const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** Installs the packages that functions require, in their folders; what fails is missing still. */
export async function installMissing(
  { functions }: Project,
  say: (line: string) => void,
): Promise<void> {
  for (const lacking of functions.filter(({ missing }) => missing.length > 0)) {
    say(
      text({
        zh: `正在安装 ${lacking.name} 需要的包 ...`,
        en: `Installing what ${lacking.name} requires ...`,
      }),
    );
    const options = { cwd: lacking.folder, output: 'inherit' } as const;
    await runNpm([...installArguments(lacking), ...QUIET], options);
  }
}
