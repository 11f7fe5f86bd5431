import { resolve } from 'node:path';
import { defineCommand, port } from '../lib/command-line';
import { addTo, interruption } from './running';
import { text } from '../lib/language';

interface LocalCloudOptions {
  port: number;
  project: string;
  data?: string;
  collection?: readonly string[];
}

export const command = defineCommand(
  'local-cloud',
  text({
    zh: '在本机运行项目的云函数和数据库，用的是真实的 wx-server-sdk，不需要网络。',
    en: 'Serves the project’s functions and their database on this machine, on the real wx-server-sdk, offline.',
  }),
)
  .addOption(port('--port <port>', text({ zh: '127.0.0.1 上的端口', en: 'on 127.0.0.1' }), 8787))
  .option(
    '--project <folder>',
    text({ zh: '小程序项目，含 project.config.json', en: 'with its project.config.json' }),
    '.',
  )
  .option(
    '--data <folder>',
    text({
      zh: '数据存放目录（默认：项目的 node_modules 中）',
      en: 'where the state is kept (default: in the project’s node_modules)',
    }),
  )
  .option(
    '--collection <name>',
    text({
      zh: '没有时创建的集合，可重复；源码中出现的会自动创建',
      en: 'a collection to make when it is not there, beside those in your sources; may be repeated',
    }),
    addTo,
  )
  .action(async ({ port, project, data, collection = [] }: LocalCloudOptions) => {
    const { findProject } = await import('./project-folder');
    const { serveProject } = await import('./served');
    const cloud = await serveProject(findProject(project), {
      port,
      ...(data !== undefined && { data: resolve(data) }),
      collections: collection,
    });
    console.log(`local cloud ready on ${cloud.url}`);
    await interruption();
    await cloud.close();
  });
