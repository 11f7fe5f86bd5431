import { existsSync } from 'node:fs';
import { onPath } from './on-path';

export const HOW_TO_GET_CHROMIUM =
  'Install Google Chrome or Chromium (Debian: apt-get install chromium fonts-noto-cjk), or name its executable in CHROME_PATH.';

const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];

const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** The executable of a Chromium or Chrome; `CHROME_PATH` names one in an unusual place. */
export function findChromium(): string | undefined {
  const { CHROME_PATH } = process.env;
  return [CHROME_PATH, ...onPath(COMMANDS), ...APPLICATIONS].find(
    (file): file is string => file !== undefined && file !== '' && existsSync(file),
  );
}
