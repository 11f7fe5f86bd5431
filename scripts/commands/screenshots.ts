/** `npm run screenshots`: pictures of every state, from a real browser, in both themes and both languages. */
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findChromium, HOW_TO_GET_CHROMIUM } from '../lib/browser';
import { build } from '../build';
import { runCommand, UsageError } from '../lib/command-line';
import { createLocalCloud } from '#local-cloud';
import { readResources } from '../project/resources';
import { compilePreview, createPlatform, createPreview } from '#preview';
import { root } from '../project/root';
import { readScreenshotOptions, USAGE, type ScreenshotOptions } from '../screenshots/options';
import { fileName, LOOKS, Photographer, type Look } from '../screenshots/photographer';
import { README_SHOTS, shots, TWO_PHONES, type Shot } from '../screenshots/shots';

const README_PICTURES = `${root}/.github/images`;

async function main(args: readonly string[]): Promise<undefined> {
  const options = readScreenshotOptions(args);
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new UsageError(`No browser was found. ${HOW_TO_GET_CHROMIUM}`);
  }
  await build();
  const folder = await mkdtemp(join(tmpdir(), 'screenshots-'));
  const running: { close(): Promise<void> }[] = [];
  try {
    const scene = await startScene(folder, running);
    const outDir = resolve(options.outDir);
    await mkdir(outDir, { recursive: true });
    const photographer = await Photographer.start(executablePath, { ...scene, outDir });
    running.push(photographer);
    await takeAll(photographer, options);
  } finally {
    for (const part of running.reverse()) await part.close();
    await rm(folder, { recursive: true });
  }
}

/** The preview on a cloud of its own, both on free ports. */
async function startScene(folder: string, running: { close(): Promise<void> }[]) {
  const assetsDir = join(folder, 'preview');
  await compilePreview({ miniprogramDir: `${root}/dist/miniprogram`, outDir: assetsDir });
  const { collections } = readResources(`${root}/cloudfunctions/resources.json`);
  const platform = await createPlatform();
  running.push(platform);
  const cloud = await createLocalCloud({
    // What has expired is to be seen: the sweep is called by hand.
    timers: false,
    port: 0,
    dataDir: join(folder, 'data'),
    functionsDir: `${root}/dist/cloudfunctions`,
    collections,
    functionVariables: { gateway: platform.variables },
  });
  running.push(cloud);
  const preview = await createPreview({ port: 0, cloudUrl: cloud.url, assetsDir, platform });
  running.push(preview);
  return { previewUrl: preview.url, cloudUrl: cloud.url };
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
