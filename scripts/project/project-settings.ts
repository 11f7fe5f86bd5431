/** What an adopter fills in: the appid and the environment's id. */
import { readFileSync } from 'node:fs';

/** As they are in a fresh clone. */
export const APPID_PLACEHOLDER = 'touristappid';
export const ENV_PLACEHOLDER = 'your-env-id';

/** @param root of the project */
export function readAppid(root: string): string {
  const { appid } = JSON.parse(readFileSync(`${root}/project.config.json`, 'utf8')) as {
    appid?: unknown;
  };
  return typeof appid === 'string' ? appid : '';
}

/** Whether somebody has filled it in. */
export function isEnvId(envId: string): boolean {
  return envId !== '' && envId !== ENV_PLACEHOLDER;
}

/** The id in miniprogram/config.ts. */
export function readEnvId(root: string): string {
  const source = readFileSync(`${root}/miniprogram/config.ts`, 'utf8');
  return /cloudEnvId\s*=\s*['"]([^'"]*)['"]/.exec(source)?.[1] ?? '';
}
