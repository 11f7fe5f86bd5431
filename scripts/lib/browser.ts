import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import { text } from './language';
import { onPath } from './on-path';

export const HOW_TO_GET_CHROMIUM = text({
  zh: '请安装 Google Chrome、Chromium 或 Edge（Debian：apt-get install chromium fonts-noto-cjk），或用 CHROME_PATH 指定它的可执行文件。',
  en: 'Install Google Chrome, Chromium or Edge (Debian: apt-get install chromium fonts-noto-cjk), or name its executable in CHROME_PATH.',
});

const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
];

const MACOS = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const WINDOWS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** The executable of a Chromium, Chrome or Edge; `CHROME_PATH` names one in an unusual place. */
export function findChromium(): string | undefined {
  const { CHROME_PATH } = process.env;
  const { platform, env } = process;
  return [CHROME_PATH, ...onPath(COMMANDS), ...installedBrowsers(platform, env, homedir())].find(
    (file): file is string => file !== undefined && file !== '' && existsSync(file),
  );
}

/** Where installers put them: for everybody on the machine, and for one person. Chrome first. */
export function installedBrowsers(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
  home: string,
): string[] {
  if (platform === 'darwin') {
    const folders = ['/Applications', posix.join(home, 'Applications')];
    return MACOS.flatMap((app) => folders.map((folder) => posix.join(folder, app)));
  }
  if (platform !== 'win32') return [];
  const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(
    (folder) => folder !== undefined && folder !== '',
  );
  return WINDOWS.flatMap((app) => folders.map((folder) => win32.join(folder ?? '', app)));
}
