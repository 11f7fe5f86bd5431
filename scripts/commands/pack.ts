import { statSync } from 'node:fs';
import { relative } from 'node:path';
import { defineCommand } from '../lib/command-line';
import { text } from '../lib/language';

export const command = defineCommand(
  'pack',
  text({
    zh: '打包 wechat-cloud-session 和 wechat-cloud-local，供其他项目安装。',
    en: 'Packs wechat-cloud-session and wechat-cloud-local, for other projects to install.',
  }),
)
  .option(
    '--out <folder>',
    text({
      zh: '包的存放目录（默认：dist/packages）',
      en: 'where the packages go (default: dist/packages)',
    }),
  )
  .option(
    '--no-build',
    text({
      zh: '使用上一次 "npm run build" 的结果',
      en: 'take what "npm run build" made last',
    }),
  )
  .action(async ({ build, out }: { build: boolean; out?: string }) => {
    const { makeOutputFolder } = await import('../lib/output-folder');
    const folder = out && makeOutputFolder(out, '--out');
    const { pack } = await import('../pack');
    for (const { file } of await pack(folder, { isBuilt: !build })) {
      const kilobytes = Math.ceil(statSync(file).size / 1000);
      console.log(`${relative(process.cwd(), file)}  ${String(kilobytes)} kB`);
    }
  });
