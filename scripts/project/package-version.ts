import { readFileSync } from 'node:fs';
import { root } from './root';

/** The version in package.json, which is that of everything that is built. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
    version: string;
  };
  return version;
}
