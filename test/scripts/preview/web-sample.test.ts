/** The sample page in a real browser, on the functions of this project. */
import { afterAll, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { PNG } from 'pngjs';
import { chromium, type Browser, type Page } from 'playwright-core';
import decodeQR from 'qr/decode.js';
import { findChromium } from '../../../scripts/lib/browser';
import { compileWebSample } from '../../../scripts/preview/compile-web-sample';
import { root } from '../../../scripts/project/root';
import { CLIENT } from '../../support/gateway';
import { openCloud, type Answer, type TestCloud } from '../../support/local-cloud';
import { LIN } from '../../support/people';
import { testWhere } from '../../support/test-where';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};
const PATIENCE_MS = 120_000;
const executablePath = findChromium();
const test = testWhere(executablePath !== undefined);

let cloud: TestCloud;
let server: Server;
let browser: Browser;
let url: string;
let page: Page;

beforeAll(async () => {
  if (executablePath === undefined) return;
  const sample = await compileWebSample(`${root}/scripts/web-sign-in/sample`);
  server = createServer((request, response) => {
    const path = (request.url ?? '').slice(1) || 'index.html';
    const content =
      path === 'config.json'
        ? JSON.stringify({ gateway: `${cloud.url}/http/gateway`, site: 'shop' })
        : sample.get(path);
    if (content === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/json');
    response.setHeader(
      'Content-Security-Policy',
      `default-src 'self'; connect-src 'self' ${cloud.url}`,
    );
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  cloud = await openCloud({
    environment: {
      GATEWAY_APPS: 'main',
      GATEWAY_MAIN_PLATFORM: 'wechat',
      GATEWAY_MAIN_APPID: 'wx-app',
      GATEWAY_MAIN_SECRET: 'x'.repeat(32),
      GATEWAY_CLIENT_ID: CLIENT.id,
      GATEWAY_CLIENT_SECRET: CLIENT.secret,
      GATEWAY_SITES: 'shop',
      GATEWAY_SITE_SHOP_NAME: '小店',
      GATEWAY_SITE_SHOP_ORIGINS: url,
    },
  });
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});

afterAll(async () => {
  if (executablePath === undefined) return;
  await browser.close();
  server.close();
  await cloud.close();
});

beforeEach(async () => {
  if (executablePath === undefined) return;
  await cloud.control({ reset: true });
  const context = await browser.newContext({ locale: 'zh-CN', colorScheme: 'dark' });
  page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.clock.install();
  await page.goto(url);
});

const title = (text: string) => page.getByRole('heading', { name: text }).waitFor();
const press = (text: string) => page.getByRole('button', { name: text }).click();

async function readCode(): Promise<string> {
  await page.locator('#qr svg').waitFor();
  const { data, width, height } = PNG.sync.read(await page.screenshot({ fullPage: true }));
  return decodeQR({ data, width, height });
}

const act = async (action: string, userCode: string, sessionToken: string) =>
  cloud.call('authorize', LIN, { action, userCode, sessionToken });
const signInPhone = async (): Promise<string> =>
  String((await cloud.call('login', LIN, {}))['sessionToken']);
/** No tab of a browser without a window is ever hidden by another. */
const setVisibility = (state: string) =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
const poll = () => page.clock.runFor(5_000);

/** The phone scans what the page shows, and approves. Resolves to the phone's token. */
async function signIn(): Promise<string> {
  await press('用手机登录');
  const userCode = new URL(await readCode()).searchParams.get('user_code') ?? '';
  const phone = await signInPhone();
  expect(await act('approve', userCode, phone)).toEqual({ ok: true, approved: true });
  await poll();
  await title('已登录');
  return phone;
}

describe('the sample page', () => {
  test('shows a code that a phone reads from the screen, dark as it is', async () => {
    const given = page.waitForResponse((answer) => answer.url().endsWith('device_authorization'));
    await press('用手机登录');
    const { verification_uri_complete: uri } = (await (await given).json()) as Answer;
    expect(await readCode()).toBe(uri);
  });

  test('asks nothing while it is hidden, and at once when it is shown', async () => {
    await press('用手机登录');
    const userCode = new URL(await readCode()).searchParams.get('user_code') ?? '';
    // The clock goes on by itself: what is slow here must not be a poll.
    await setVisibility('hidden');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await act('approve', userCode, await signInPhone());
    await page.clock.runFor(60_000);
    expect(asked).toEqual([]);
    await setVisibility('visible');
    await title('已登录');
  });

  test('is signed in when the phone approves, also after it is opened again', async () => {
    await signIn();
    await page.reload();
    await title('已登录');
  });

  test('says that the phone refused', async () => {
    await press('用手机登录');
    const userCode = new URL(await readCode()).searchParams.get('user_code') ?? '';
    await act('deny', userCode, await signInPhone());
    await poll();
    await title('你已在手机上拒绝登录');
  });

  test('notices that the phone has signed out everywhere', async () => {
    const sessionToken = await signIn();
    await cloud.call('logout', LIN, { sessionToken, scope: 'everywhere' });
    await press('检查登录状态');
    await title('已退出登录');
    expect(await page.evaluate('localStorage.length')).toBe(0);
  });

  test('ends the session when it signs out', async () => {
    await signIn();
    await press('退出登录');
    await page.getByText('本网页已退出。', { exact: true }).waitFor();
    expect(await page.evaluate('localStorage.length')).toBe(0);
  });

  test('stays signed in while it is offline, and ends the session later', async () => {
    await signIn();
    await page.context().setOffline(true);
    await press('检查登录状态');
    await title('无法连接服务器');
    await page.context().setOffline(false);
    await press('重试');
    await title('已登录');
    await page.context().setOffline(true);
    await press('退出登录');
    await page.getByText('服务器上的登录将在联网后退出', { exact: false }).waitFor();
    await page.context().setOffline(false);
    const ended = page.waitForResponse((answer) => answer.url().endsWith('/v1/logout'));
    await page.reload();
    expect(await (await ended).json()).toMatchObject({ ended: 1 });
  });
});
