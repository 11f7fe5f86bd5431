/** Windows and macOS, simulated: what is decided there, on any machine. */
import { expect, test } from '@jest/globals';
import { installedBrowsers } from '../../../scripts/lib/browser';
import { isPassedOn } from '../../../scripts/lib/run-tool';

test('on Windows Chrome, Chromium and Edge are looked for, also those of one person', () => {
  const env = {
    PROGRAMFILES: 'D:\\Programme',
    'PROGRAMFILES(X86)': 'D:\\Programme (x86)',
    LOCALAPPDATA: 'C:\\Users\\Lin Yi\\AppData\\Local',
  };
  const found = installedBrowsers('win32', env, 'C:\\Users\\Lin Yi');
  expect(found).toContain(
    'C:\\Users\\Lin Yi\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe',
  );
  expect(found).toContain('D:\\Programme (x86)\\Microsoft\\Edge\\Application\\msedge.exe');
  expect(found[0]).toBe('D:\\Programme\\Google\\Chrome\\Application\\chrome.exe');
  expect(installedBrowsers('win32', {}, '')).toEqual([]);
});

test('on macOS they are looked for in both folders of applications', () => {
  const found = installedBrowsers('darwin', {}, '/Users/lin');
  expect(found).toContain('/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge');
  expect(found).toContain('/Users/lin/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
});

test('Ctrl-C is not passed on where that would end the tool before it has finished', () => {
  expect(isPassedOn('SIGINT', 'win32')).toBe(false);
  expect(isPassedOn('SIGTERM', 'win32')).toBe(true);
  expect(isPassedOn('SIGINT', 'darwin')).toBe(true);
});
