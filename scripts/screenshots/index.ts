/** Pictures of every state, from a real browser, in both themes and both languages. */
import { copyFile } from 'node:fs/promises';
import { findChromium, HOW_TO_GET_CHROMIUM } from '../lib/browser';
import { build } from '../build';
import { SetupError, UsageError } from '../lib/command-error';
import { text } from '../lib/language';
import { makeOutputFolder } from '../lib/output-folder';
import { BUILDING, showProgress } from '../lib/progress';
import { root } from '../project/root';
import { startTemporaryStack } from '../stack';
import { fileName, LOOKS, Photographer, type Look } from './photographer';
import { README_SHOTS, shots, TWO_PHONES, type Shot } from './shots';

export interface ScreenshotOptions {
  /** The folder for the pictures. */
  out: string;
  /** Replace the READMEs' pictures too. */
  readme?: boolean;
  /** Take only the shots whose names contain this. */
  only?: string;
}

const ALL_WAYS = 'wechat,phone,password';

const README_PICTURES = `${root}/.github/images`;

/**
 * @throws CommandError before anything is built: for a name that no shot has, a folder that cannot
 * be written, without a browser. Later: when the mini program does not compile
 */
export async function takeScreenshots(options: ScreenshotOptions): Promise<void> {
  const chosen = chooseShots(options.only ?? '');
  const outDir = makeOutputFolder(options.out, '--out');
  const executablePath = findChromium();
  if (executablePath === undefined) {
    const none = text({ zh: '没有找到浏览器。', en: 'No browser was found. ' });
    throw new SetupError(`${none}${HOW_TO_GET_CHROMIUM}`);
  }
  for (const [chosenShots, signInMethods] of [
    [chosen.filter(({ withAllWays }) => !withAllWays), undefined],
    [chosen.filter(({ withAllWays }) => withAllWays), ALL_WAYS],
  ] as const) {
    if (chosenShots.length === 0) continue;
    const ways = signInMethods === undefined ? {} : { signInMethods };
    await showProgress(BUILDING, () => build(ways));
    const stack = await startTemporaryStack(ways);
    try {
      const scene = { previewUrl: stack.url, cloudUrl: stack.cloud.url, outDir };
      const starting = text({ zh: '正在启动浏览器', en: 'Starting the browser' });
      const photographer = await showProgress(starting, () =>
        Photographer.start(executablePath, scene),
      );
      try {
        await takeAll(photographer, chosenShots, options);
      } finally {
        await photographer.close();
      }
    } finally {
      await stack.close();
    }
  }
}

function chooseShots(part: string): Shot[] {
  const chosen = shots.filter(({ name }) => name.includes(part));
  if (chosen.length > 0) return chosen;
  const names = shots.map(({ name }) => name).join(', ');
  throw new UsageError(
    text({
      zh: `--only：没有图片的名字里含有“${part}”。图片：${names}。`,
      en: `--only: no picture's name contains "${part}". Pictures: ${names}.`,
    }),
  );
}

async function takeAll(
  photographer: Photographer,
  chosen: readonly Shot[],
  { readme = false }: ScreenshotOptions,
): Promise<void> {
  for (const shot of chosen) {
    for (const look of LOOKS) {
      const file = await photographer.take(shot, look);
      console.log(file);
      const name = readme ? readmePicture(shot, look) : undefined;
      if (name !== undefined) {
        await copyFile(file, `${README_PICTURES}/${name}`);
        console.log(`${README_PICTURES}/${name}`);
      }
    }
  }
}

/** The two READMEs show the phones in their own language, one of them light, the other dark. */
function readmePicture(shot: Shot, look: Look): string | undefined {
  if (shot.name === TWO_PHONES) return look === LOOKS[0] ? `${TWO_PHONES}.png` : undefined;
  const shown = look.theme === (look.language === 'zh' ? 'light' : 'dark');
  return shown && README_SHOTS.includes(shot.name) ? fileName(shot, look) : undefined;
}
