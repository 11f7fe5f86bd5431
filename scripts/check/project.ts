/** project.config.json, app.json and what is built agree, and the appid is in one place. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from '../lib/language';
import type { Problem } from '../miniprogram-files/compile-error';
import { stringOr } from '../miniprogram-files/json';
import { readJsonFile } from '../miniprogram-files/read-file';
import { lineOfName } from '../miniprogram-files/line-of-name';
import { checkAppPaths } from './project/app-paths';
import { findAppids } from './project/appid';
import { checkFunctions } from './project/functions';
import { inFolder } from './report';

const CONFIG = 'project.config.json';

/** @param dir the project's root, built */
export async function checkProject(dir: string): Promise<Problem[]> {
  const config = (await readJsonFile(dir, CONFIG)) ?? {};
  const [miniprogramRoot, functionRoot, appid] = [
    'miniprogramRoot',
    'cloudfunctionRoot',
    'appid',
  ].map((key) => stringOr(config[key], ''));
  if (!miniprogramRoot || !functionRoot || !appid) {
    return [
      {
        file: CONFIG,
        message: text({
          zh: '必须写明 miniprogramRoot、cloudfunctionRoot 和 appid',
          en: 'must name miniprogramRoot, cloudfunctionRoot and appid',
        }),
      },
    ];
  }
  const missing = [miniprogramRoot, functionRoot].filter((path) => !existsSync(join(dir, path)));
  if (missing.length > 0) {
    return Promise.all(
      missing.map(async (path) => ({
        file: CONFIG,
        ...(await lineOfName(dir, CONFIG, path)),
        message: text({
          zh: `写了 ${path}，但没有这个目录`,
          en: `names ${path}, and there is no such folder`,
        }),
      })),
    );
  }
  const built = { miniprogram: join(dir, miniprogramRoot), functions: join(dir, functionRoot) };
  const sources = { miniprogram: join(dir, 'miniprogram'), functions: join(dir, 'cloudfunctions') };
  return [
    ...(await inFolder('miniprogram', () => checkAppPaths(built.miniprogram))),
    ...(await inFolder(functionRoot.replace(/\/$/, ''), () =>
      checkFunctions(sources.functions, built.functions),
    )),
    ...(await inFolder('miniprogram', () => findAppids(sources.miniprogram, appid))),
    ...(await inFolder('cloudfunctions', () => findAppids(sources.functions, appid))),
  ];
}
