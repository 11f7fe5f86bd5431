/** What an adopter fills in: the appid and the environment's id. */
import { readFileSync } from 'node:fs';
import { CommandError } from '../lib/command-error';
import { isRecord } from '../lib/is-record';
import { text } from '../lib/language';
import { parseJson } from './parse-json';

/** As they are in a fresh clone. */
export const APPID_PLACEHOLDER = 'touristappid';
export const ENV_PLACEHOLDER = 'your-env-id';

/**
 * @param root of the project
 * @throws CommandError where project.config.json can't be read, or is not JSON
 */
export function readAppid(root: string): string {
  const { appid } = readJson(root, 'project.config.json');
  return typeof appid === 'string' ? appid : '';
}

function readJson(root: string, file: string): Record<string, unknown> {
  try {
    const content = parseJson(readFileSync(`${root}/${file}`, 'utf8'));
    return isRecord(content) ? content : {};
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(
      text({ zh: `${file} 读不出来：${reason}。`, en: `${file} can't be read: ${reason}.` }),
      { cause },
    );
  }
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
