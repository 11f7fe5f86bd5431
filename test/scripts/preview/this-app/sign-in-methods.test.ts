import { afterEach, expect, test } from '@jest/globals';
import { asksForPhoneNumbers } from '../../../../scripts/preview/this-app/sign-in-methods';
import { removeMiniprograms, writeFolder } from '../../../support/miniprogram-folder';

afterEach(removeMiniprograms);

test.each([
  ["module.exports = { signInMethods: 'wechat,phone'.split(',') };", true],
  ["module.exports = { signInMethods: ['wechat', 'password'] };", false],
  ["module.exports = { signInMethods: 'phone' };", false],
  ["exports.signInMethods = ['wechat', 'phone'];", true],
  ['module.exports = {};', false],
  ['not a script', false],
])('a mini program with the config.js %j asks for phone numbers: %p', (config, asks) => {
  expect(asksForPhoneNumbers(writeFolder({ 'config.js': config }))).toBe(asks);
});

test('one without a config.js does not', () => {
  expect(asksForPhoneNumbers(writeFolder({}))).toBe(false);
});
