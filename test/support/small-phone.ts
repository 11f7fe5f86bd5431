/** A mini program of a page or two on a phone, for tests of the preview's own parts. */
import { afterAll, afterEach, beforeEach, jest } from '@jest/globals';
import { TextDecoder, TextEncoder } from 'node:util';
import { compileBundle } from './compile-bundle';
import { removeMiniprograms, writeMiniprogram, type Files } from './miniprogram-folder';
import { openPhone, type OpenPhoneOptions, type TestPhone } from './phone';

// Browsers have them, jsdom has not.
Object.assign(globalThis, { TextDecoder, TextEncoder });

const phones: TestPhone[] = [];

/** @param files beside a page `pages/home/index`, which they may replace */
export async function openSmall(
  files: Files,
  options: Partial<OpenPhoneOptions> = {},
): Promise<TestPhone> {
  const bundle = await compileBundle(writeMiniprogram(files));
  const phone = openPhone({ bundle, ...options });
  phones.push(phone);
  return phone;
}

/**
 * A page whose `.go` calls `call`, which may use `this`, and keeps what it answers, or what it fails
 * with, as JSON in `.out`.
 */
export function calling(call: string, more: Files = {}): Files {
  return {
    'pages/home/index.wxml': '<view class="go" bindtap="go"/><view class="out">{{out}}</view>',
    'pages/home/index.js': `Page({
      data: { out: '' },
      async go() {
        try { this.say(await (${call})) } catch (error) { this.say({ thrown: error.errMsg || error.message }) }
      },
      say(value) { this.setData({ out: JSON.stringify(value) }) },
    })`,
    ...more,
  };
}

/** What the page of `calling` has kept; `undefined`: nothing yet. */
export function said(phone: TestPhone): unknown {
  const text = phone.text('out');
  return text === '' ? undefined : JSON.parse(text);
}

/** Opens the page of `calling` and calls. */
export async function call(
  code: string,
  options: Partial<OpenPhoneOptions> = {},
): Promise<TestPhone> {
  const phone = await openSmall(calling(code), options);
  await phone.tap('go');
  return phone;
}

/** After each test: a phone with an unread error fails it. */
export function closePhones(): void {
  for (const phone of phones.splice(0)) phone.close();
}

/** For a whole test file: what phones print is kept quiet, and all is gone after each test. */
export function quietPhones(): void {
  beforeEach(() => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    closePhones();
  });
  afterAll(removeMiniprograms);
}
