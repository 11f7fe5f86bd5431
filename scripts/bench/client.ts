/** What the mini program costs the phone: bytes, and the time from a tap to its effect. */
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { findChromium } from '../lib/browser';
import { packageBytesIn } from '../project/package-bytes';
import { root } from '../project/root';
import { startTemporaryStack } from '../stack';
import { sessionClientCode } from './client-code';
import { median } from './measure';
import type { ClientRow } from './results';

const TAPS = 15;

export async function benchClient(): Promise<ClientRow[]> {
  const [raw, minified] = [sessionClientCode(false), sessionClientCode(true)];
  const kb = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
  const sizes = `${kb(raw.length)}, ${kb(minified.length)}, ${kb(gzipSync(minified).length)}`;
  const tap = await tapToPage();
  return [
    { text: 'Session client with both transports: raw, minified, gzipped', value: sizes },
    {
      text: 'The whole mini program package',
      value: kb(await packageBytesIn(`${root}/dist/miniprogram`)),
    },
    ...(tap === undefined
      ? []
      : [
          {
            text: 'From the tap on “Sign in” to the signed-in page, in the preview, warm, p50',
            value: `${tap.toFixed(0)} ms`,
          },
        ]),
  ];
}

/** `undefined` without a browser. */
async function tapToPage(): Promise<number | undefined> {
  const executablePath = findChromium();
  if (executablePath === undefined) return undefined;
  const stack = await startTemporaryStack();
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`${stack.url}/phone.html?phone=A&person=lin&language=zh_CN&theme=light`);
    const times: number[] = [];
    for (let i = 0; i < TAPS; i++) {
      await page.locator('.sign-in:visible').first().click();
      await page.locator('.agree:visible').first().click();
      await page.locator('.sheet-sign-in:visible').first().waitFor();
      times.push(await page.evaluate<number>(TAP_AND_WAIT));
      await page.locator('.sign-out:visible').first().click();
    }
    // The first starts an instance.
    return median(times.slice(1));
  } finally {
    await browser.close();
    await stack.close();
  }
}

/** In the page: from the tap to the frame after the page has changed. */
const TAP_AND_WAIT = `new Promise((resolve) => {
  const shown = (name) =>
    [...document.querySelectorAll('.' + name)].find(({ offsetParent }) => offsetParent);
  const startedAt = performance.now();
  shown('sheet-sign-in').click();
  const look = () => {
    if (shown('sign-out')) resolve(performance.now() - startedAt);
    else requestAnimationFrame(look);
  };
  look();
})`;
