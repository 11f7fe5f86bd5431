import { describe, expect, test } from '@jest/globals';
import { command } from '../../../scripts/commands/start';
import { UsageError } from '../../../scripts/lib/command-error';
import { readOptions } from '../../support/read-options';

describe('the options of npm start', () => {
  test('have defaults', async () => {
    expect(await readOptions(command, [])).toEqual({
      poll: false,
      port: 5180,
      cloudPort: 8787,
      data: '.local-cloud',
      build: true,
    });
  });

  test('are read', async () => {
    expect(
      await readOptions(command, ['--port', '0', '--cloud-port=1', '--data', 'a', '--no-build']),
    ).toEqual({
      poll: false,
      port: 0,
      cloudPort: 1,
      data: 'a',
      build: false,
    });
  });

  test('name the ways in to try', async () => {
    expect(await readOptions(command, ['--sign-in-methods', 'wechat,password'])).toMatchObject({
      signInMethods: 'wechat,password',
    });
    await expect(readOptions(command, ['--sign-in-methods', 'phone'])).rejects.toThrow(
      '--sign-in-methods must be wechat, alone or with phone and password, each once, separated by commas and no spaces, not "phone".',
    );
  });

  test('show another mini program', async () => {
    const given = ['--project', 'a', '--install', '--collection', 'b', '--collection', 'c'];
    expect(await readOptions(command, [...given, '--permission', 'b=READONLY'])).toMatchObject({
      project: 'a',
      install: true,
      collection: ['b', 'c'],
      permission: ['b=READONLY'],
    });
  });

  test.each([
    ['unknown', ['--prot', '1']],
    ['without its value', ['--port']],
    ['not a number', ['--port', 'abc']],
    ['above the highest port', ['--cloud-port', '65536']],
    ['not an option at all', ['5180']],
  ])('are refused when one is %s', async (_, args) => {
    await expect(readOptions(command, args)).rejects.toThrow(UsageError);
  });
});
