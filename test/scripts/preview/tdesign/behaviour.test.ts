/** @jest-environment jsdom */
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { MiniprogramBundle } from '#preview';
import { compileBundle } from '../../../support/compile-bundle';
import { removeMiniprograms } from '../../../support/miniprogram-folder';
import { openPhone, type TestPhone } from '../../../support/phone';
import { writeTDesignMiniprogram } from '../../../support/tdesign';

let bundle: MiniprogramBundle;
let phone: TestPhone | undefined;

beforeAll(async () => {
  bundle = await compileBundle(writeTDesignMiniprogram());
});
afterEach(() => {
  phone?.close();
  jest.restoreAllMocks();
});
afterAll(removeMiniprograms);

function open(): TestPhone {
  // The framework warns of relations to components that this page does not use.
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  phone = openPhone({ bundle });
  return phone;
}

test('the first page shows without an error', () => {
  const opened = open();
  expect(opened.text()).toContain('what it is');
  expect(opened.text('avatar')).toBe('A');
  expect(opened.errors()).toEqual([]);
});

test('a cell and a checkbox are tapped', async () => {
  const opened = open();
  await opened.tap('cell');
  expect(opened.text('out')).toBe('cell');
  await opened.tap('check');
  expect(opened.text('out')).toBe('checked true');
  await opened.tap('check');
  expect(opened.text('out')).toBe('checked false');
});

test('what is typed goes with the form, which a button in a component sends', async () => {
  const opened = open();
  await opened.type('field', 'Lin');
  await opened.tap('send');
  expect(opened.text('out')).toBe('{"who":"Lin"}');
});

test.each([
  ['Yes', 'yes'],
  ['No', 'no'],
])('a dialog is answered with %s', async (label, outcome) => {
  const opened = open();
  await opened.tap('ask');
  const button = opened.all('t-button').find((element) => element.textContent.trim() === label);
  button?.click();
  await opened.until(() => opened.text('out') === outcome);
});

test('a popup opens, and closes by a tap beside it', async () => {
  const opened = open();
  await opened.tap('open');
  await opened.until(() => opened.has('inside') && opened.has('t-overlay'));
  await opened.tap('t-overlay');
  expect(opened.text('out')).toBe('popup false');
});

test('a toast shows, and goes', async () => {
  const opened = open();
  await opened.tap('save');
  await opened.until(() => opened.has('t-toast') && opened.text('t-toast').includes('Saved'));
  await opened.until(() => !opened.text().includes('Saved'));
});
