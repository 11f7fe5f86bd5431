import type { Command } from 'commander';
import { repeated } from '../lib/command-line';
import { text } from '../lib/language';
import { permission } from '../lib/serving-options';

export interface ProjectOptions {
  project: string;
  data?: string;
  collection?: readonly string[];
  /** `NAME=READONLY` each. */
  permission?: readonly string[];
}

/** Which project is served, and with what. */
export function withProjectOptions(command: Command): Command {
  return command
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
      repeated,
    )
    .addOption(permission());
}
