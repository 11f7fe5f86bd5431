/** Why the script of a function could not be loaded, and what to do about it where that is known. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DescribeError } from './describe-error';
import type { Failure } from './messages';

const MISSING = /^Cannot find (?:module|package) '([^']+)'/;
const ES_MODULE = /^(?:Cannot use import statement|Unexpected token 'export')|ES Module/;

export function describeLoadError(
  error: unknown,
  describeError: DescribeError,
  script: string,
  /** As the developer knows it. */
  shownFolder: string,
): Failure {
  const failure = describeError(error);
  const advice =
    error instanceof Error ? adviceFor(error, dirname(script), shownFolder) : undefined;
  if (advice === undefined) return failure;
  const [head = '', ...frames] = failure.text.split(/\n(?=\s+at )/);
  return {
    text: [`${head}\n${advice}`, ...frames].join('\n'),
    headline: `${failure.headline}: ${advice}`,
  };
}

function adviceFor(error: Error, folder: string, shownFolder: string): string | undefined {
  const missing = MISSING.exec(error.message)?.[1];
  if (missing !== undefined && /^(@[\w.-]+\/)?[\w-]/.test(missing)) {
    const name = missing.split('/', missing.startsWith('@') ? 2 : 1).join('/');
    const what = isDeclared(folder, name) ? 'npm install' : `npm install ${name}`;
    return `run "${what}" in ${shownFolder}`;
  }
  return ES_MODULE.test(error.message)
    ? 'the cloud loads index.js with require(): write exports.main = ..., and no import or export'
    : undefined;
}

function isDeclared(folder: string, name: string): boolean {
  try {
    const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      dependencies?: object;
    };
    return Object.hasOwn(dependencies ?? {}, name);
  } catch {
    return false;
  }
}
