import { defineCommand } from '../lib/command-line';

export const command = defineCommand(
  'pack',
  'Packs wechat-cloud-session and wechat-cloud-local, for other projects, in dist/packages.',
)
  .option('--out <folder>', 'where the packages go (default: dist/packages)')
  .option('--no-build', 'take what "npm run build" made last')
  .action(async ({ build, out }: { build: boolean; out?: string }) => {
    const { pack } = await import('../pack');
    const { relative, resolve } = await import('node:path');
    const { statSync } = await import('node:fs');
    for (const { file } of await pack(out && resolve(out), { isBuilt: !build })) {
      const kilobytes = Math.ceil(statSync(file).size / 1000);
      console.log(`${relative(process.cwd(), file)}  ${String(kilobytes)} kB`);
    }
  });
