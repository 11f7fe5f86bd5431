/** What an adopter fills in, and what WeChat DevTools reads. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { text } from '../lib/language';
import type { Finding } from '../project/finding';
import { parseJson } from '../project/parse-json';
import { APPID_PLACEHOLDER, isEnvId, readAppid, readEnvId } from '../project/project-settings';

/** WeChat DevTools would compile what is compiled already, or look in another folder. */
const DEVTOOLS_SETTINGS: readonly (readonly [key: string, value: unknown])[] = [
  ['miniprogramRoot', 'dist/miniprogram/'],
  ['cloudfunctionRoot', 'dist/cloudfunctions/'],
  ['compileType', 'miniprogram'],
  ['setting.es6', false],
  ['setting.enhance', false],
  ['setting.useCompilerPlugins', false],
];

export function findAppid(root: string): Finding[] {
  const appid = readAppid(root);
  if (/^wx[0-9a-f]{16}$/.test(appid)) return [];
  return [
    {
      problem:
        appid === APPID_PLACEHOLDER
          ? text({ zh: 'appid 还是占位符。', en: 'The appid is still the placeholder.' })
          : text({
              zh: `“${appid}”不是 appid：应为 wx 加 16 位十六进制数字。`,
              en: `"${appid}" is not an appid: that is wx and 16 hexadecimal digits.`,
            }),
      fix: text({
        zh: '把你的 appid 填进 project.config.json 的 appid：微信公众平台 → 开发管理 → 开发设置 → AppID。',
        en: 'Put yours into project.config.json (appid): 微信公众平台 → 开发管理 → 开发设置 → AppID.',
      }),
    },
  ];
}

export function findEnvId(root: string): Finding[] {
  if (isEnvId(readEnvId(root))) return [];
  return [
    {
      problem: text({
        zh: '云环境的 ID 还是占位符。',
        en: 'The id of the cloud environment is still the placeholder.',
      }),
      fix: text({
        zh: '把你的环境 ID 填进 miniprogram/config.ts 的 cloudEnvId：云开发控制台 → 设置 → 环境 ID。然后运行 npm run build。',
        en: 'Put yours into miniprogram/config.ts (cloudEnvId): 云开发控制台 → 设置 → 环境 ID. Then run "npm run build".',
      }),
    },
  ];
}

export async function findSettings(root: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const file of ['project.config.json', 'project.private.config.json']) {
    if (!existsSync(`${root}/${file}`)) continue;
    let config: unknown;
    try {
      config = parseJson(await readFile(`${root}/${file}`, 'utf8'));
    } catch (error) {
      findings.push({
        problem: text({
          zh: `${file} 不是合法的 JSON：${(error as Error).message}。`,
          en: `${file} is not JSON: ${(error as Error).message}.`,
        }),
        fix: text({
          zh: '改正它，或者从 git 恢复。',
          en: 'Repair it, or take it back from git.',
        }),
      });
      continue;
    }
    for (const [key, value] of DEVTOOLS_SETTINGS) {
      const actual = key
        .split('.')
        .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], config);
      // The private file holds only what differs.
      if (actual === value || (actual === undefined && file !== 'project.config.json')) continue;
      findings.push({
        problem:
          actual === undefined
            ? text({ zh: `${file} 没有 ${key}。`, en: `${file} has no ${key}.` })
            : text({
                zh: `${file} 里 ${key} 是 ${JSON.stringify(actual)}。`,
                en: `${file} has ${key} = ${JSON.stringify(actual)}.`,
              }),
        fix: text({
          zh: `请改为 ${JSON.stringify(value)}：开发者工具打开的是已经构建好的代码。`,
          en: `Set it to ${JSON.stringify(value)}: what DevTools opens is built already.`,
        }),
      });
    }
  }
  return findings;
}
