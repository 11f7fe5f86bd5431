import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { Theme } from '#preview';
import { closeAtEnd } from '../lib/process-end';
import type { Shot } from './shots';
import { emptyCloud, phoneFrame, stageOn } from './stage';

export interface Look {
  theme: Theme;
  language: 'zh' | 'en';
}

export const LOOKS: readonly Look[] = (['zh', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).map((theme) => ({ language, theme })),
);

/** The picture in the README is this wide and high. */
const VIEWPORT = { width: 1440, height: 900 };
const LOCALES = { zh: 'zh-CN', en: 'en-US' };
/** A state that is not on the screen by then never comes; a cold function takes about a second. */
const PATIENCE_MS = 15_000;

export interface Scene {
  previewUrl: string;
  cloudUrl: string;
  outDir: string;
}

/** Takes pictures of one preview; each begins with an empty cloud and phones that keep nothing. */
export class Photographer {
  private constructor(
    private readonly browser: Browser,
    private readonly scene: Scene,
    readonly close: () => Promise<void>,
  ) {}

  static async start(executablePath: string, scene: Scene): Promise<Photographer> {
    const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
    // It would end this process, and leave the cloud as it is.
    const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
    const browser = await chromium.launch({ executablePath, args, ...signals });
    return new Photographer(browser, scene, closeAtEnd(() => browser.close())); // prettier-ignore
  }

  /** @returns the file that it wrote */
  async take(shot: Shot, look: Look): Promise<string> {
    const { previewUrl, cloudUrl, outDir } = this.scene;
    await emptyCloud(cloudUrl);
    const context = await this.browser.newContext({
      viewport: VIEWPORT,
      locale: LOCALES[look.language],
      colorScheme: look.theme,
      deviceScaleFactor: shot.of === 'phone' ? 2 : 1,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    try {
      const page = await context.newPage();
      await page.goto(previewUrl);
      await shot.show(stageOn(page, cloudUrl));
      await settled(page);
      const path = join(outDir, fileName(shot, look));
      const subject = shot.of === 'phone' ? page.locator(phoneFrame('A')) : page;
      await subject.screenshot({ path, animations: 'disabled', caret: 'hide' });
      return path;
    } finally {
      await context.close();
    }
  }
}

export function fileName({ name }: Shot, { language, theme }: Look): string {
  return `${name}.${language}.${theme}.png`;
}

/** Nothing is on its way to the cloud, and no toast covers the screen. */
async function settled(page: Page): Promise<void> {
  for (const name of ['A', 'B'] as const) {
    const phone = page.frameLocator(phoneFrame(name));
    await phone.locator('.toast-layer').waitFor({ state: 'detached' });
    await phone.locator('[loading="true"]').first().waitFor({ state: 'detached' });
  }
}
