/**
 * WeChat's template compiler of 2020, the oldest that reads these templates, accepts every WXML.
 */
import { existsSync } from 'node:fs';
import { wxmlToJs } from 'miniprogram-compiler';
import { text } from '../lib/language';
import type { Problem } from '../miniprogram-files/compile-error';

/** @param dir a built mini program */
export function checkWithWcc(dir: string): Problem[] {
  if (!existsSync(`${dir}/app.json`))
    return [{ file: 'app.json', message: text({ zh: '不存在', en: 'is missing' }) }];
  try {
    wxmlToJs(dir);
    return [];
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    if (isSpawnError(cause)) {
      console.warn(
        text({
          zh: `wcc 不能在本机运行（${cause.message}）：由 CI 检查。`,
          en: `wcc does not run on this machine (${cause.message}): left to CI.`,
        }),
      );
      return [];
    }
    return problemsIn(cause.message);
  }
}

/** wcc comes for x64 only; Linux on ARM, for one, cannot run it. */
function isSpawnError(cause: Error): boolean {
  return 'syscall' in cause && String(cause.syscall).startsWith('spawn');
}

/** wcc stops at the first one. */
function problemsIn(output: string): Problem[] {
  const [, file, line, column, message] = /([^\s：]+\.wxml):(\d+):(\d+): (.+)/.exec(output) ?? [];
  return file === undefined || message === undefined
    ? [{ file: 'app.json', message: output }]
    : [{ file, line: Number(line), column: Number(column), message }];
}
