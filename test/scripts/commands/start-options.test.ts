import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../../../scripts/lib/command-line';
import { readStartOptions } from '../../../scripts/commands/start-options';

describe('the options of npm start', () => {
  test('have defaults', () => {
    expect(readStartOptions([])).toEqual({
      port: 5180,
      cloudPort: 8787,
      dataDir: '.local-cloud',
      build: true,
    });
  });

  test('are read', () => {
    expect(
      readStartOptions(['--port', '0', '--cloud-port=1', '--data', 'a', '--no-build']),
    ).toEqual({
      port: 0,
      cloudPort: 1,
      dataDir: 'a',
      build: false,
    });
  });

  test.each([
    ['unknown', ['--prot', '1']],
    ['without its value', ['--port']],
    ['not a number', ['--port', 'abc']],
    ['above the highest port', ['--cloud-port', '65536']],
    ['not an option at all', ['5180']],
  ])('are refused when one is %s', (_, args) => {
    expect(() => readStartOptions(args)).toThrow(UsageError);
  });
});
