/** Every text is in both languages with the same placeholders, and in `miniprogram/i18n/` only. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../miniprogram-files/compile-error';
import { filesEndingIn } from '../lib/files-ending-in';
import { compareLanguages, type Language } from './texts/compare-languages';
import { readCopyTexts } from './texts/copy-texts';
import { textInScript, textInWxml } from './texts/misplaced';
import { parseWxml } from '../miniprogram-files/wxml/parse-wxml';

const TEXTS = 'i18n/';

/** @param dir the mini program's sources */
export async function checkTexts(dir: string): Promise<Problem[]> {
  const read = (file: string): Promise<string> => readFile(join(dir, file), 'utf8');
  const language = async (file: string): Promise<Language> => ({
    file,
    texts: readCopyTexts(file, await read(file)),
  });
  const scripts = (await filesEndingIn(dir, '.ts')).filter((file) => !file.startsWith(TEXTS));
  const misplaced = await Promise.all([
    ...(await filesEndingIn(dir, '.wxml')).map(async (file) =>
      textInWxml(parseWxml(file, await read(file))),
    ),
    ...scripts.map(async (file) => textInScript(file, await read(file))),
  ]);
  const differing = await Promise.all(
    (await filesEndingIn(join(dir, TEXTS), 'zh-CN.ts')).map(async (file) => {
      const other = file.replace(/zh-CN\.ts$/, 'en.ts');
      return compareLanguages(await language(TEXTS + file), await language(TEXTS + other));
    }),
  );
  return [...differing, ...misplaced].flat();
}
