import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { text } from '../../lib/language';
import type { Problem } from '../../miniprogram-files/compile-error';

/** What the cloud needs of a function; it installs nothing else. */
const DEPLOYED = ['index.js', 'config.json', 'package.json'];

/**
 * Every function that has an `index.ts` is built whole, and nothing else is.
 *
 * @param sourceDir cloudfunctions/
 * @param builtDir what project.config.json calls cloudfunctionRoot
 */
export async function checkFunctions(sourceDir: string, builtDir: string): Promise<Problem[]> {
  const folders = await readdir(sourceDir);
  const written = folders.filter((name) => existsSync(`${sourceDir}/${name}/index.ts`));
  const built = await readdir(builtDir);
  return [
    ...built
      .filter((name) => !written.includes(name))
      .map((name) => ({
        file: name,
        message: text({
          zh: '已构建，但 cloudfunctions/ 里没有这个云函数',
          en: 'is built, and cloudfunctions/ has no such function',
        }),
      })),
    ...written.flatMap((name) =>
      DEPLOYED.filter((file) => !existsSync(`${builtDir}/${name}/${file}`)).map((file) => ({
        file: `${name}/${file}`,
        message: text({
          zh: '不存在，没有它云函数不能部署',
          en: 'is missing, and the function cannot be deployed without it',
        }),
      })),
    ),
  ];
}
