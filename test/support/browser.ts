/**
 * The preview in a real browser: the mini program on two phones, on a local cloud of the test's
 * own.
 */
import { afterAll } from '@jest/globals';
import { chromium, type Browser, type FrameLocator, type Page } from 'playwright-core';
import { findChromium, HOW_TO_GET_CHROMIUM } from '../../scripts/lib/browser';
import { root } from '../../scripts/project/root';
import { startStack } from '../../scripts/stack';
import type { ProviderId } from '#preview/testing';
import { openCloud, type TestCloud } from './local-cloud';
import { eventually } from './eventually';
import { testWhere } from './test-where';

const PATIENCE_MS = 120_000;
const NOWHERE = '/nowhere';
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
  /** Compiles the mini program again, and says in the pages what is wrong with a build. */
  refresh: Stage['refresh'];
  showProblems: Stage['showProblems'];
  close(): Promise<void>;
}

interface Tab {
  browser: Browser;
  page: Page;
  errors: string[];
}

/**
 * What the tests of a file share: each begins with an empty cloud, and with a browser that
 * remembers nothing.
 */
type Stage = Awaited<ReturnType<typeof startStack<TestCloud>>>;

const stages = new Map<string, Promise<Stage>>();
let tab: Promise<Tab> | undefined;

afterAll(async () => {
  await (await tab)?.browser.close();
  for (const stage of stages.values()) await (await stage).close();
});

/**
 * @param environment of the functions, e.g. `{ SESSIONS_PER_USER: '3' }`
 * @param providers whose app runs the mini program on each phone; WeChat by default
 * @param project another one than this
 */
export async function openPreview(
  environment: Record<string, string> = {},
  providers: Partial<Record<'A' | 'B', ProviderId>> = {},
  project: PreviewedProject = {},
): Promise<BrowserPreview> {
  const key = JSON.stringify([environment, project]);
  const opening = stages.get(key) ?? openStage(environment, project);
  stages.set(key, opening);
  const { url, cloud, refresh, showProblems } = await opening;
  await cloud.control({ reset: true });

  const { page, errors } = await openTab();
  // An empty page of the preview's origin, to clear there what the last test stored.
  const nowhere = `${url}${NOWHERE}`;
  await page.goto(nowhere);
  await page.evaluate((chosen) => {
    localStorage.clear();
    for (const [phone, name] of chosen) localStorage.setItem(`panel:${phone}:provider`, name);
  }, Object.entries(providers));
  errors.length = 0;
  await page.goto(url);
  return {
    page,
    cloud,
    errors,
    refresh,
    showProblems,
    phone: (name) => page.frameLocator(`iframe[src*="phone=${name}"]`),
    async close() {
      await page.goto(nowhere);
      // A call that is still under way would reach the cloud of the next test.
      await eventually(async () => (await cloud.callsUnderWay()) === 0);
    },
  };
}

/** A preview that somebody else has started. */
export async function openPage(
  url: string,
): Promise<Pick<BrowserPreview, 'page' | 'phone' | 'errors'>> {
  tab ??= openTab();
  const { page, errors } = await tab;
  errors.length = 0;
  await page.goto(url);
  return {
    page,
    errors,
    phone: (name) => page.frameLocator(`iframe[src*="phone=${name}"]`),
  };
}

/** One for a whole test file: a new one costs a second. */
export function openTab(): Promise<Tab> {
  tab ??= newTab();
  return tab;
}

async function newTab(): Promise<Tab> {
  if (executablePath === undefined) throw new Error(`No browser was found. ${HOW_TO_GET_CHROMIUM}`);
  const browser = await chromium.launch({
    executablePath,
    timeout: PATIENCE_MS,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Without a spare process for a page that is never opened.
      '--renderer-process-limit=1',
    ],
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  // Tests are not about how long a browser takes on a busy machine.
  page.setDefaultTimeout(PATIENCE_MS);
  // With an icon: the browser would look for one, and print an error of its own a moment later.
  await page.route(`**${NOWHERE}`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<link rel="icon" href="data:," />' }),
  );
  const errors: string[] = [];
  page.on('pageerror', (error) => void errors.push(error.message));
  page.on('console', (message) => {
    // The browser notes every 401 of the gateway, which is an answer and no error.
    const noted = /status of 401/.test(message.text());
    if (message.type() === 'error' && !noted) errors.push(message.text());
  });
  return { browser, page, errors };
}

async function openStage(
  environment: Record<string, string>,
  { miniprogramDir = `${root}/dist/miniprogram`, functionsDir, collections }: PreviewedProject,
): Promise<Stage> {
  return startStack({
    miniprogramDir,
    startCloud: ({ gateway, ...others }) =>
      openCloud({
        environment,
        ...(functionsDir !== undefined && { functionsDir }),
        ...(collections && { collections }),
        functionVariables: { ...others, gateway: { LOGINS_PER_MINUTE: '1000000', ...gateway } },
      }),
  });
}
