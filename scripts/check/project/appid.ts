import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../../miniprogram-files/compile-error';
import { filesEndingIn } from '../../lib/files-ending-in';
import { text } from '../../lib/language';

/** The form of every appid: `wx` and sixteen hexadecimal digits. */
const APPID = /\bwx[0-9a-f]{16}\b/;

/**
 * An appid is in project.config.json and nowhere else, so that an adopter changes one line.
 *
 * @param own what project.config.json says, which may be a name such as `touristappid`
 */
export async function findAppids(dir: string, own: string): Promise<Problem[]> {
  const files = await Promise.all(['.ts', '.json', '.wxml'].map((end) => filesEndingIn(dir, end)));
  const found = files.flat().map(async (file) => {
    const lines = (await readFile(join(dir, file), 'utf8')).split(/\r?\n/);
    return lines.flatMap((line, index) =>
      APPID.test(line) || line.includes(own)
        ? [
            {
              file,
              line: index + 1,
              message: text({
                zh: '又写了一遍 appid：它只写在 project.config.json 里',
                en: 'repeats an appid; project.config.json has it',
              }),
            },
          ]
        : [],
    );
  });
  return (await Promise.all(found)).flat();
}
