import { Option, type Command } from 'commander';
import { resolve } from 'node:path';
import { UsageError } from '../lib/command-error';
import { defineCommand, repeated } from '../lib/command-line';
import { text } from '../lib/language';
import { cloudPort, pagePort, poll } from '../lib/serving-options';
import { problemWithMethods } from '../project/sign-in-methods';

interface StartOptions {
  port: number;
  cloudPort: number;
  data: string;
  project?: string;
  install?: true;
  collection?: readonly string[];
  permission?: readonly string[];
  build: boolean;
  poll: boolean;
  signInMethods?: string;
}

export const command = defineCommand(
  'start',
  text({
    zh: '构建项目，在浏览器里显示两部手机，云端是本机的本地云。',
    en: 'Builds the project and serves two phones in a browser, on a local cloud.',
  }),
)
  .addOption(pagePort())
  .addOption(cloudPort())
  .option(
    '--data <folder>',
    text({ zh: '本地云存放数据的目录', en: 'where the local cloud keeps its state' }),
    '.local-cloud',
  )
  .addOption(
    new Option(
      '--sign-in-methods <list>',
      text({
        zh: '要试的登录方式，如 wechat,phone,password（默认取 cloudfunctions/resources.json 里的）',
        en: 'the ways in to try, e.g. wechat,phone,password (default: those in cloudfunctions/resources.json)',
      }),
    ).argParser(signInMethods),
  )
  .option(
    '--no-build',
    text({
      zh: '不构建，用上次 npm run build 的产物，也不跟随源码',
      en: 'take what "npm run build" made last, and follow no source',
    }),
  )
  .addOption(poll())
  .option(
    '--project <folder>',
    text({
      zh: '显示另一个小程序和它的云函数：project.config.json 或 app.json 所在的目录',
      en: 'show another mini program, with its functions: the folder of its project.config.json or app.json',
    }),
  )
  .option(
    '--install',
    text({
      zh: '配合 --project：用 npm 安装它的云函数需要的包',
      en: 'with --project: installs the packages that its functions require, with npm',
    }),
  )
  .option(
    '--collection <name>',
    text({
      zh: '配合 --project：没有就创建的集合，可以重复',
      en: 'with --project: a collection to make when it is not there; may be repeated',
    }),
    repeated,
  )
  .option(
    '--permission <name=value>',
    text({
      zh: '配合 --project：小程序端对集合的权限：READONLY、PRIVATE（默认）、ADMINWRITE 或 ADMINONLY，可以重复',
      en: 'with --project: who may use a collection without a function: READONLY, PRIVATE (the default), ADMINWRITE or ADMINONLY; may be repeated',
    }),
    repeated,
  )
  .action(async (given: StartOptions, command: Command) => {
    requireFitting(given, command);
    const { showOther, showOwn } = await import('../start');
    const { project, data, ...others } = given;
    const isGiven = command.getOptionValueSource('data') !== 'default';
    if (project !== undefined) {
      await showOther({ ...others, project, ...(isGiven && { data }) });
      return;
    }
    const { root } = await import('../project/root');
    await showOwn({ ...others, data: isGiven ? resolve(data) : resolve(root, data) });
  });

const ONLY_WITH_PROJECT = ['install', 'collection', 'permission'];
const NOT_WITH_PROJECT = { build: '--no-build', signInMethods: '--sign-in-methods' };

/** @throws UsageError for options that say nothing together */
function requireFitting({ project }: StartOptions, command: Command): void {
  const isGiven = (name: string): boolean => command.getOptionValueSource(name) === 'cli';
  if (project === undefined) {
    const alone = ONLY_WITH_PROJECT.find(isGiven);
    if (alone === undefined) return;
    throw new UsageError(
      text({ zh: `--${alone} 要和 --project 一起用。`, en: `--${alone} needs --project.` }),
    );
  }
  for (const [name, flag] of Object.entries(NOT_WITH_PROJECT)) {
    if (!isGiven(name)) continue;
    throw new UsageError(
      text({
        zh: `${flag} 只用于本项目自己的小程序，不能和 --project 一起用。`,
        en: `${flag} is about this project's own mini program, not --project.`,
      }),
    );
  }
}

/** @throws UsageError */
function signInMethods(list: string): string {
  const problem = problemWithMethods(list);
  if (problem !== undefined) {
    throw new UsageError(
      text({ zh: `--sign-in-methods ${problem}。`, en: `--sign-in-methods ${problem}.` }),
    );
  }
  return list;
}
