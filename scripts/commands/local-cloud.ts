import { resolve } from 'node:path';
import type { CollectionSetup } from '#local-cloud';
import { CommandError, UsageError } from '../lib/command-error';
import { defineCommand, repeated } from '../lib/command-line';
import { givenFolder } from '../lib/given-folder';
import { text } from '../lib/language';
import { cloudOnlyPort, permission } from '../lib/serving-options';

interface LocalCloudCommandOptions {
  port: number;
  project?: string;
  install?: true;
  data?: string;
  functions?: string;
  collection?: readonly string[];
  permission?: readonly string[];
}

export const command = defineCommand(
  'local-cloud',
  text({
    zh: '只启动本地云：数据库、云函数、日志。',
    en: 'Serves the local cloud alone: the database, the cloud functions, their logs.',
  }),
)
  .addOption(cloudOnlyPort())
  .option(
    '--project <folder>',
    text({
      zh: '一个小程序的目录：云函数在哪里由它的 project.config.json 说明',
      en: 'a mini program: its project.config.json says where the functions are',
    }),
  )
  .option(
    '--install',
    text({
      zh: '用 npm 在云函数目录里安装它们缺少的包',
      en: 'installs the packages that the functions require, with npm, in their folders',
    }),
  )
  .option(
    '--data <folder>',
    text({
      zh: '数据存放的目录（默认 .local-cloud；用 --project 时是其中的一个目录）',
      en: 'where the state is kept (default: .local-cloud; a folder in it for --project)',
    }),
  )
  .option(
    '--functions <folder>',
    text({
      zh: '已构建的云函数目录，NAME/index.js（默认 dist/cloudfunctions）',
      en: 'folder of built functions, NAME/index.js (default: dist/cloudfunctions)',
    }),
  )
  .option(
    '--collection <name>',
    text({
      zh: '没有就创建的集合，可以多次指定',
      en: 'a collection to make when it is not there; may be repeated',
    }),
    repeated,
  )
  .addOption(permission())
  .action(async (options: LocalCloudCommandOptions) => {
    const { interruption } = await import('../lib/interruption');
    const cloud = await startCloud(options);
    const interrupted = interruption();
    console.log(`local cloud ready on ${cloud.url}`);
    await interrupted;
    await cloud.close();
  });

interface Served {
  dataDir: string;
  functionsDir?: string;
  collections: readonly (string | CollectionSetup)[];
  functionVariables?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  summarise?: (result: unknown) => object;
}

async function startCloud(options: LocalCloudCommandOptions) {
  const { createLocalCloud, LocalCloudStartError } = await import('#local-cloud');
  const { withGiven } = await import('../other-project');
  const { port, data } = options;
  // Before anything is looked at.
  await withGiven([], options);
  try {
    const served = await chooseServed(options);
    return await createLocalCloud({
      ...served,
      port,
      dataDir: resolve(data ?? served.dataDir),
      collections: await withGiven(served.collections, options),
      onLog: console.log,
    });
  } catch (error) {
    if (!(error instanceof LocalCloudStartError)) throw error;
    const isOwn = options.project === undefined && options.functions === undefined;
    if (isOwn && error.code === 'FUNCTIONS_DIR_MISSING') {
      const message = text({
        zh: `${error.message} 也可以先运行 npm run build。`,
        en: `${error.message} Or run "npm run build" first.`,
      });
      throw new CommandError(message, { cause: error });
    }
    throw new CommandError(error.message, { cause: error });
  }
}

async function chooseServed(options: LocalCloudCommandOptions): Promise<Served> {
  const { project: folder, functions, install = false } = options;
  const { root } = await import('../project/root');
  const own = `${root}/dist/cloudfunctions`;
  const dataDir = `${root}/.local-cloud`;
  if (folder !== undefined && functions !== undefined) {
    throw new UsageError(
      text({
        zh: '--project 和 --functions 只能给一个：项目自己说明云函数在哪里。',
        en: 'Give either --project or --functions: a project names its functions.',
      }),
    );
  }
  const functionsDir = resolve(functions ?? own);
  if (folder === undefined && functionsDir === resolve(own)) {
    if (install)
      throw new UsageError(
        text({
          zh: '--install 要和 --project 或 --functions 一起用。',
          en: '--install needs --project or --functions.',
        }),
      );
    const { readResources } = await import('../project/resources');
    const { localKeys } = await import('../project/identity-key');
    const { summariseResult } = await import('../project/result-summary');
    const { collections, functions } = readResources(`${root}/cloudfunctions/resources.json`);
    const functionVariables = localKeys(functions);
    return { dataDir, functionsDir, collections, functionVariables, summarise: summariseResult };
  }

  const { readOtherProject } = await import('../other-project');
  const chosen =
    folder === undefined ? { functions: functionsDir } : { project: givenFolder(folder) };
  const { project, description, id } = await readOtherProject(chosen, install, console.log);
  const kept = id === undefined ? dataDir : `${dataDir}/${id}`;
  console.log([...description, `data in ${options.data ?? kept}`].join('\n'));
  return {
    dataDir: kept,
    collections: project.collections.names,
    ...(project.functionsDir !== undefined && { functionsDir: project.functionsDir }),
  };
}
