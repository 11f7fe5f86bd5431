/** `npm run screenshots`: pictures of every state, from a real browser, in both themes and both languages. */
import { copyFile, mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { findChromium, HOW_TO_GET_CHROMIUM } from '../lib/browser';
import { build } from '../build';
import { runCommand, UsageError } from '../lib/command-line';
import { root } from '../project/root';
import { readScreenshotOptions, USAGE, type ScreenshotOptions } from '../screenshots/options';
import { fileName, LOOKS, Photographer, type Look } from '../screenshots/photographer';
import { startTemporaryStack } from '../stack';
import { README_SHOTS, shots, TWO_PHONES, type Shot } from '../screenshots/shots';

const README_PICTURES = `${root}/.github/images`;

async function main(args: readonly string[]): Promise<undefined> {
  const options = readScreenshotOptions(args);
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new UsageError(`No browser was found. ${HOW_TO_GET_CHROMIUM}`);
  }
  await build();
  const outDir = resolve(options.outDir);
  await mkdir(outDir, { recursive: true });
  const stack = await startTemporaryStack();
  try {
    const scene = { previewUrl: stack.url, cloudUrl: stack.cloud.url, outDir };
    const photographer = await Photographer.start(executablePath, scene);
    try {
      await takeAll(photographer, options);
    } finally {
      await photographer.close();
    }
  } finally {
    await stack.close();
  }
}

async function takeAll(photographer: Photographer, options: ScreenshotOptions): Promise<void> {
  for (const shot of shots.filter(({ name }) => name.includes(options.only))) {
    for (const look of LOOKS) {
      const file = await photographer.take(shot, look);
      console.log(file);
      const name = options.readme ? readmePicture(shot, look) : undefined;
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

void runCommand(USAGE, main);
