import { readFileSync } from 'node:fs';
import { root } from './root';

/** The version in package.json, which is that of everything that is built, by default here. */
export function packageVersion(dir = root): string {
  const { version } = JSON.parse(readFileSync(`${dir}/package.json`, 'utf8')) as {
    version: string;
  };
  return version;
}
