/** The preview in a real browser: the mini program on two phones, on a local cloud of the test's own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type FrameLocator, type Page } from 'playwright-core';
import { findChromium, HOW_TO_GET_CHROMIUM } from '../../scripts/browser';
import { compilePreview, createPlatform, createPreview } from '../../scripts/preview/index';
import { root } from '../../scripts/root';
import type { Platform } from '../../scripts/preview/page/people';
import { openCloud, type TestCloud } from './local-cloud';
import { testWhere } from './test-where';

const executablePath = findChromium();

export const browserTest = testWhere(executablePath !== undefined);

interface PreviewedProject {
  miniprogramDir?: string;
  functionsDir?: string;
  collections?: readonly string[];
}

export interface BrowserPreview {
  page: Page;
  cloud: TestCloud;
  /** The mini program on a phone. */
  phone(name: 'A' | 'B'): FrameLocator;
  /** Errors that any page has printed so far. */
  errors: readonly string[];
  close(): Promise<void>;
}

/**
 * @param environment of the functions, e.g. `{ SESSIONS_PER_USER: '3' }`
 * @param platforms where each phone runs the mini program: WeChat, unless told otherwise
 * @param project another one than this
 */
export async function openPreview(
  environment?: Record<string, string>,
  platforms: Partial<Record<'A' | 'B', Platform>> = {},
  project: PreviewedProject = {},
): Promise<BrowserPreview> {
  if (executablePath === undefined) throw new Error(`No browser was found. ${HOW_TO_GET_CHROMIUM}`);
  const assetsDir = await mkdtemp(join(tmpdir(), 'preview-assets-'));
  await compilePreview({
    miniprogramDir: project.miniprogramDir ?? `${root}/dist/miniprogram`,
    outDir: assetsDir,
  });
  const platform = await createPlatform();
  const cloud = await openCloud({
    ...(environment && { environment }),
    ...(project.functionsDir !== undefined && { functionsDir: project.functionsDir }),
    ...(project.collections && { collections: project.collections }),
    functionVariables: { gateway: platform.variables },
  });
  const preview = await createPreview({ port: 0, cloudUrl: cloud.url, assetsDir, platform });
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  const errors: string[] = [];
  page.on('pageerror', (error) => void errors.push(error.message));
  page.on('console', (message) => {
    // The browser notes every 401 of the gateway, which is an answer and no error.
    const noted = /status of 401/.test(message.text());
    if (message.type() === 'error' && !noted) errors.push(message.text());
  });
  await page.addInitScript((chosen) => {
    for (const [phone, name] of chosen) localStorage.setItem(`panel:${phone}:platform`, name);
  }, Object.entries(platforms));
  await page.goto(preview.url);
  return {
    page,
    cloud,
    errors,
    phone: (name) => page.frameLocator(`iframe[src*="phone=${name}"]`),
    async close() {
      await browser.close();
      await preview.close();
      await cloud.close();
      await platform.close();
      await rm(assetsDir, { recursive: true });
    },
  };
}
