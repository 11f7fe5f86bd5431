import { existsSync } from 'node:fs';
import pc from 'picocolors';
import { defineCommand } from '../lib/command-line';

export const command = defineCommand(
  'dev',
  'Builds for WeChat DevTools, and again after each change of a source.',
)
  .option('--poll', 'ask for changes again and again: on network drives and in containers', false)
  .action(async ({ poll }: { poll: boolean }) => {
    console.log(pc.dim('Building ...'));
    const { changeInWords, createBuilder, failureInWords, followSources } =
      await import('../build');
    const { interruption } = await import('../lib/interruption');
    const { root } = await import('../project/root');
    const builder = createBuilder({ libraries: false });
    const follower = await followSources({
      builder,
      dir: root,
      poll,
      onBuilt({ durationMs }, sources) {
        console.log(changeInWords(sources, durationMs));
        return Promise.resolve();
      },
      onFailed(error) {
        console.error(`${failureInWords(error)}\n${pc.dim('What was built before stays.')}`);
        return Promise.resolve();
      },
      onNotice: (sentence) => {
        console.error(sentence);
      },
    });
    console.log(whatToOpen(root));
    await interruption();
    await follower.close();
    await builder.close();
  });

/** DevTools on macOS are not started by a shell, and know no `npm` of nvm, fnm or Homebrew. */
const PATH_ADVICE =
  process.platform === 'darwin' && !existsSync('/usr/local/bin/npm')
    ? `
     If DevTools say "npm: command not found", leave that off: this command builds.`
    : '';

function whatToOpen(root: string): string {
  return `
  ${pc.bold('Open this folder in WeChat DevTools:')} ${pc.cyan(root)}

  1. Each change of a source is built by itself, and DevTools compile what has changed.
  2. Without this command: 详情 → 本地设置 → 启用自定义处理命令 makes DevTools build before they
     compile, preview and upload.${PATH_ADVICE}

  ${pc.dim('Ctrl-C stops it.')}
`;
}
