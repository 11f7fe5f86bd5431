/** What every command says of itself, in both languages. */
import { describe, expect, jest, test } from '@jest/globals';
import type { Command } from 'commander';
import { readdirSync } from 'node:fs';
import { root } from '../../../scripts/project/root';
import type { Language } from '../../../scripts/lib/language';
import { displayWidth } from '../../../scripts/lib/display-width';
import { runScript } from '../../support/run-script';

const files = readdirSync(`${root}/scripts/commands`);

/** The command as a process in this language would load it. */
function load(file: string, language: Language): Command {
  let loaded: Command | undefined;
  jest.isolateModules(() => {
    const { speak } = jest.requireActual<{ speak(language: Language): void }>(
      '../../../scripts/lib/language',
    );
    speak(language);
    const path = `../../../scripts/commands/${file}`;
    loaded = jest.requireActual<{ command: Command }>(path).command;
  });
  if (loaded === undefined) throw new Error(`${file} was not loaded`);
  return loaded;
}

function helpOf(command: Command): string {
  let shown = '';
  command.configureOutput({ writeOut: (part) => void (shown += part) });
  command.outputHelp();
  return shown;
}

/** What stays as it is in any language: options, variables, files, addresses. */
const namesIn = (help: string): string[] =>
  [
    ...new Set(
      help.match(/--?[a-z][\w-]*|[A-Z]+(?:_[A-Z]+)+|https?:[\w:./]+|\.?[\w/-]+\.(?:ts|json)/g),
    ),
  ].sort();

describe.each(files)('%s', (file) => {
  const [zh, en] = [load(file, 'zh'), load(file, 'en')];

  test('speaks both languages, in each the whole of it', () => {
    const [chinese, english] = [helpOf(zh), helpOf(en)];
    expect(chinese).toMatch(/^用法：npm /);
    expect(english).toMatch(/^Usage: npm /);
    expect(english).not.toMatch(/\p{Script=Han}/u);
    for (const command of [zh.description(), ...explanationsOf(zh)]) {
      expect(command).toMatch(/\p{Script=Han}/u);
    }
    for (const line of chinese.split('\n').filter((text) => text.trim() !== '')) {
      // Only what is typed has no Chinese in it, and what is cut off a line by its width.
      if (/^\S/.test(line) && !/^[A-Z-]/.test(line)) expect(line).toMatch(/\p{Script=Han}/u);
    }
  });

  test('names the same in both', () => {
    expect(namesIn(helpOf(zh))).toEqual(namesIn(helpOf(en)));
    expect(zh.options.map(({ flags }) => flags)).toEqual(en.options.map(({ flags }) => flags));
  });

  test('has its explanations in one column, and none is too wide', () => {
    for (const command of [zh, en]) {
      const [, list = ''] = /\n(?:选项：|Options:)\n(.*?)\n(?:\n|$)/s.exec(helpOf(command)) ?? [];
      const lines = list.split('\n');
      const columns = lines.map((line) =>
        displayWidth(/^ {2,}(?:-.*? {2,})?/.exec(line)?.[0] ?? ''),
      );
      expect(new Set(columns).size).toBe(1);
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(80);
    }
  });
});

function explanationsOf({ options, registeredArguments }: Command): string[] {
  return [...options, ...registeredArguments].map(({ description }) => description);
}

describe('in Chinese', () => {
  const CHINESE = { LC_ALL: 'zh_CN.UTF-8' };

  test.each([
    ['start', ['--prot', '1'], '没有选项 --prot。是不是 --port？'],
    ['start', ['--port'], '--port <port> 缺少值。'],
    ['start', ['--port', 'x'], '--port 必须是 0 到 65535 的整数，不能是“x”。'],
    ['start', ['--data', ''], '--data 不能是空的。'],
    ['build', ['a', 'b'], `多了参数 'a'、'b'。`],
    ['account', [], '缺少参数 <action>。'],
    ['account', ['nonsense'], 'action 不能是“nonsense”，可选 show、sign-out、block、unblock。'],
  ])('npm run %s refuses %j', async (name, args, message) => {
    const { exitCode, stderr, output } = await runScript(name, args, CHINESE);
    expect(stderr).toContain(`${message}\n\n用法：npm `);
    expect(output).toBe(stderr);
    expect(exitCode).toBe(2);
  });

  test('the list of commands and a name that is none', async () => {
    const list = await runScript('--help', [], CHINESE);
    expect(list.output).toMatch(/^命令：\n\n {2}npm start +构建项目/);
    expect(list.exitCode).toBe(0);
    const { exitCode, stderr } = await runScript('nonsense', [], CHINESE);
    expect(stderr).toContain('没有命令“nonsense”。');
    expect(exitCode).toBe(2);
  });
});
