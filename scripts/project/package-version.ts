import { readFileSync } from 'node:fs';
import { CommandError } from '../lib/command-error';
import { isRecord } from '../lib/is-record';
import { text } from '../lib/language';
import { parseJson } from './parse-json';
import { root } from './root';

/**
 * The version in package.json, which is that of everything that is built, by default here.
 *
 * @throws CommandError that says where it is wrong
 */
export function packageVersion(dir = root): string {
  const file = `${dir}/package.json`;
  let found: unknown;
  try {
    found = parseJson(readFileSync(file, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(
      text({ zh: `无法读取 package.json：${why}`, en: `package.json can't be read: ${why}` }),
      { cause },
    );
  }
  if (isRecord(found) && typeof found['version'] === 'string') return found['version'];
  throw new CommandError(
    text({ zh: 'package.json 里没有 version。', en: 'package.json has no "version".' }),
  );
}
