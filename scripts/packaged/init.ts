import { join } from 'node:path';
import { UsageError } from '../lib/command-error';
import { defineCommand } from '../lib/command-line';
import type { Brought } from './bring-functions';
import type { BroughtFunctions } from './manifest';
import { PACKAGE_DIR } from './package-dir';
import { text } from '../lib/language';

interface InitOptions {
  project: string;
  with?: readonly string[];
  force?: true;
}

export const command = defineCommand(
  'init',
  text({
    zh: '把登录所需的云函数写入项目；再次运行则更新它们，不会改动其他云函数。',
    en: 'Brings the functions that sign people in; run again, it updates them. Others stay as they are.',
  }),
)
  .option(
    '--project <folder>',
    text({ zh: '小程序项目，含 project.config.json', en: 'with its project.config.json' }),
    '.',
  )
  .option(
    '--with <list>',
    text({
      zh: '另外需要的：login-phone、login-password、identity、authorize、gateway，用逗号分隔',
      en: 'of login-phone, login-password, identity, authorize and gateway, with commas',
    }),
    (list: string) => list.split(',').map((name) => name.trim()),
  )
  .option(
    '--force',
    text({ zh: '覆盖被修改过的文件', en: 'replaces files that were edited; they are lost' }),
  )
  .action(async ({ project: folder, with: more = [], force }: InitOptions) => {
    const { readManifest } = await import('./manifest');
    const { findProject, readNote } = await import('./project-folder');
    const { bringFunctions } = await import('./bring-functions');
    const packageDir = join(PACKAGE_DIR, 'functions');
    const manifest = readManifest(packageDir);
    const known = Object.keys(manifest.functions);
    const unknown = more.find((name) => !known.includes(name));
    if (unknown !== undefined) {
      const others = known.filter((name) => manifest.functions[name]?.isBase === false);
      const list = others.join(', ');
      throw new UsageError(
        text({
          zh: `--with 可以是 ${list}，没有“${unknown}”。`,
          en: `--with takes ${list}, not "${unknown}".`,
        }),
      );
    }
    const project = findProject(folder);
    const before = Object.keys(readNote(project)?.functions ?? {});
    const names = known.filter(
      (name) =>
        manifest.functions[name]?.isBase === true || more.includes(name) || before.includes(name),
    );
    const brought = await bringFunctions({
      project,
      packageDir,
      manifest,
      names,
      force: force === true,
    });
    console.log(report(brought, manifest));
  });

const OUTCOMES = {
  new: { zh: '已写入', en: 'new' },
  updated: { zh: '已更新', en: 'updated' },
  unchanged: { zh: '无变化', en: 'unchanged' },
};

function report(
  brought: readonly Brought[],
  { version, functions, collections }: BroughtFunctions,
) {
  const width = Math.max(...brought.map(({ name }) => name.length));
  const outcomes = Math.max(...brought.map(({ outcome }) => text(OUTCOMES[outcome]).length));
  const names = new Set(brought.flatMap(({ name }) => functions[name]?.collections ?? []));
  const timers = brought.filter(({ name }) => functions[name]?.hasTimer).map(({ name }) => name);
  const kept = brought.flatMap((one) => one.kept);
  const needed = collections
    .filter(({ name }) => names.has(name))
    .map(({ name, permission, indexes }) => {
      const keys = indexes.map(({ keys, unique }) => {
        const fields = keys.map(({ field, order }) => `${field} ${order}`).join(', ');
        return unique
          ? text({ zh: `唯一索引 ${fields}`, en: `unique index ${fields}` })
          : text({ zh: `索引 ${fields}（非唯一）`, en: `index ${fields}, not unique` });
      });
      return `  ${[name, permission, ...keys].join('  ')}`;
    });
  return [
    text({ zh: `云函数，版本 ${version}：`, en: `Functions, version ${version}:` }),
    ...brought.map(
      ({ name, outcome }) =>
        `  ${name.padEnd(width)}  ${text(OUTCOMES[outcome]).padEnd(outcomes)}  ${functions[name]?.description ?? ''}`,
    ),
    ...kept.map((file) =>
      text({
        zh: `${file} 是你改过的设置，保留不变。`,
        en: `${file} is as you set it, and stays.`,
      }),
    ),
    '',
    text({
      zh: '接下来：在开发者工具中上传并部署这些云函数（所有文件）',
      en: 'Then: upload these functions in DevTools (all files)',
    }) +
      (timers.length > 0
        ? text({
            zh: `，并上传 ${timers.join('、')} 的触发器。`,
            en: `, and the trigger of ${timers.join(', ')}.`,
          })
        : ''),
    text({
      zh: '在云开发控制台创建以下集合，设置权限和索引：',
      en: 'In the cloud console, create these collections, with permission and index:',
    }),
    ...needed,
  ].join('\n');
}
