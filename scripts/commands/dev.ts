import { existsSync } from 'node:fs';
import { coloursOn } from '../lib/colours';
import { defineCommand } from '../lib/command-line';
import { text } from '../lib/language';
import { poll as pollOption } from '../lib/serving-options';

export const command = defineCommand(
  'dev',
  text({
    zh: '为微信开发者工具构建，源码每次改动后再构建。',
    en: 'Builds for WeChat DevTools, and again after each change of a source.',
  }),
)
  .addOption(pollOption())
  .action(async ({ poll }: { poll: boolean }) => {
    const { changeInWords, createBuilder, failureInWords, followSources } =
      await import('../build');
    const { interruption } = await import('../lib/interruption');
    const { BUILDING, showProgress } = await import('../lib/progress');
    const { BUILT_AT } = await import('../project/built-dir');
    const { root } = await import('../project/root');
    const builder = createBuilder({ libraries: false });
    const kept = coloursOn(process.stderr).dim(
      text({ zh: '上一次构建的产物保持不变。', en: 'What was built before stays.' }),
    );
    const awaited = coloursOn(process.stderr).dim(
      text({ zh: '改好并保存后会再次构建。', en: 'Mend it and save: it is built again then.' }),
    );
    let hasBuilt = existsSync(`${root}/dist/${BUILT_AT}`);
    const follower = await showProgress(BUILDING, () =>
      followSources({
        builder,
        dir: root,
        poll,
        onBuilt({ durationMs }, sources) {
          hasBuilt = true;
          console.log(changeInWords(sources, durationMs));
          return Promise.resolve();
        },
        onFailed(error) {
          console.error(`${failureInWords(error)}\n${hasBuilt ? kept : awaited}`);
          return Promise.resolve();
        },
        onNotice: (sentence) => {
          console.error(sentence);
        },
      }),
    );
    const interrupted = interruption();
    console.log(whatToOpen(root));
    await interrupted;
    await follower.close();
    await builder.close();
  });

/** DevTools on macOS are not started by a shell, and know no `npm` of nvm, fnm or Homebrew. */
const PATH_ADVICE =
  process.platform === 'darwin' && !existsSync('/usr/local/bin/npm')
    ? text({
        zh: `
     如果开发者工具提示“npm: command not found”，就不要启用：构建由本命令完成。`,
        en: `
     If DevTools say "npm: command not found", leave that off: this command builds.`,
      })
    : '';

function whatToOpen(root: string): string {
  const { bold, cyan, dim } = coloursOn(process.stdout);
  return text({
    zh: `
  ${bold('用微信开发者工具打开这个目录：')}${cyan(root)}

  1. 源码保存后自动构建，开发者工具只编译变了的文件。
  2. 不运行本命令时：详情 → 本地设置 → 启用自定义处理命令，开发者工具会在编译、预览和上传前先构建。${PATH_ADVICE}

  ${dim('按 Ctrl-C 停止。')}
`,
    en: `
  ${bold('Open this folder in WeChat DevTools:')} ${cyan(root)}

  1. Each change of a source is built by itself, and DevTools compile what has changed.
  2. Without this command: 详情 → 本地设置 → 启用自定义处理命令 makes DevTools build before they
     compile, preview and upload.${PATH_ADVICE}

  ${dim('Ctrl-C stops it.')}
`,
  });
}
