/** What an adopter fills in, and what WeChat DevTools reads. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Finding } from '../project/finding';
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
          ? 'The appid is still the placeholder.'
          : `"${appid}" is not an appid: that is wx and 16 hexadecimal digits.`,
      fix: 'Put yours into project.config.json (appid): 微信公众平台 → 开发管理 → 开发设置 → AppID.',
    },
  ];
}

export function findEnvId(root: string): Finding[] {
  if (isEnvId(readEnvId(root))) return [];
  return [
    {
      problem: 'The id of the cloud environment is still the placeholder.',
      fix: 'Put yours into miniprogram/config.ts (cloudEnvId): 云开发控制台 → 设置 → 环境 ID. Then run "npm run build".',
    },
  ];
}

export async function findSettings(root: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const file of ['project.config.json', 'project.private.config.json']) {
    if (!existsSync(`${root}/${file}`)) continue;
    let config: unknown;
    try {
      config = JSON.parse(await readFile(`${root}/${file}`, 'utf8'));
    } catch (error) {
      findings.push({
        problem: `${file} is not JSON: ${(error as Error).message}.`,
        fix: `Repair it, or take it back from git.`,
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
        problem: `${file} has ${key} = ${JSON.stringify(actual)}.`,
        fix: `Set it to ${JSON.stringify(value)}: what DevTools opens is built already.`,
      });
    }
  }
  return findings;
}
