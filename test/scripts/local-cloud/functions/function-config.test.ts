/** What `config.json` may say, and where it is wrong when it is. */
import { describe, expect, test } from '@jest/globals';
import { decodeConfig } from '../../../../scripts/local-cloud/functions/function-config';

const DEFAULTS = { timeoutSeconds: 3, memoryMb: 256, environment: {}, permissions: [] };
const timer = (config: unknown): string =>
  JSON.stringify({ triggers: [{ name: 't', type: 'timer', config }] });

describe('a config.json', () => {
  test.each(['', '\n', '{}', '\uFEFF{}', '{ "triggers": [] }'])(
    '%j leaves the defaults of the platform',
    (content) => {
      expect(decodeConfig(content)).toEqual(DEFAULTS);
    },
  );

  test('sets what a function may have', () => {
    const content = JSON.stringify({
      timeout: 20,
      memorySize: 512,
      envVariables: { A: 'x', B: 1, C: true },
      permissions: { openapi: ['wxacode.get'] },
      triggers: [{ name: 'nightly', type: 'timer', config: '0 0 3 * * * *' }],
    });
    expect(decodeConfig(content)).toEqual({
      timeoutSeconds: 20,
      memoryMb: 512,
      environment: { A: 'x', B: '1', C: 'true' },
      permissions: ['wxacode.get'],
      timer: { name: 'nightly', config: '0 0 3 * * * *' },
    });
  });

  test.each([64, 128, 3072])('may ask for %i MB of memory', (memorySize) => {
    expect(decodeConfig(JSON.stringify({ memorySize }))).toMatchObject({ memoryMb: memorySize });
  });

  test.each(['*/5 * * * * * *', '0 0 9-17 * JAN,jul MON-FRI 2026-2030'])(
    'may have the timer %s',
    (config) => {
      expect(decodeConfig(timer(config)).timer).toEqual({ name: 't', config });
    },
  );
});

describe('what is wrong is told with its line and column:', () => {
  test.each([
    ['a comment', '{\n  // why\n  "timeout": 3\n}', '2:3: comments are not allowed'],
    ['a comma too many', '{\n  "timeout": 3,\n}', '3:1: '],
    ['an end that is missing', '{ "timeout": 3', '1:15: '],
    ['no object', '[]', '1:1: it must be an object'],
    ['no object after a byte order mark', '\uFEFF\n7', '2:1: it must be an object'],
    ['a timeout in quotes', '{\n"envVariables": { "timeout": 1 },\n "timeout": "20" }', '3:13: '],
    ['a timeout of none', '{ "timeout": 0 }', '1:14: "timeout" must be'],
    ['a timeout over the limit', '{ "timeout": 901 }', '1:14: "timeout" must be'],
    ['a timeout that is not whole', '{ "timeout": 1.5 }', '1:14: "timeout" must be'],
    ['the later of two timeouts', '{ "timeout": 3,\n "timeout": "20" }', '2:13: '],
    ['little memory', '{ "memorySize": 32 }', '1:17: "memorySize" must be'],
    ['memory between the steps', '{ "memorySize": 200 }', '1:17: "memorySize" must be'],
    ['much memory', '{ "memorySize": 3200 }', '1:17: "memorySize" must be'],
    ['memory in quotes', '{ "memorySize": "256" }', '1:17: "memorySize" must be'],
    ['variables in a list', '{ "envVariables": ["A"] }', '1:19: "envVariables" must be'],
    ['a variable that is an object', '{ "envVariables": { "A": {} } }', '1:26: "A" must be'],
    ['permissions in a list', '{ "permissions": [] }', '1:18: "permissions" must be'],
    ['one permission', '{ "permissions": { "openapi": "a" } }', '1:31: "openapi" must be'],
    ['triggers that are no list', '{ "triggers": {} }', '1:15: "triggers" must be'],
    ['a trigger that is none', '{ "triggers": [1] }', '1:16: it must be an object'],
    ['two triggers', '{ "triggers": [{}, {}] }', '1:20: a function can have one trigger'],
    ['another trigger', '{ "triggers": [{ "type": "cos" }] }', '1:26: "type" must be "timer"'],
    ['no type', '{ "triggers": [{}] }', '1:16: "type" must be "timer"'],
    ['no name', '{ "triggers": [{ "type": "timer" }] }', '1:16: "name" must be a string'],
    ['six fields', timer('0 0 3 * * *'), '1:50: a timer has seven fields, second to year, not 6'],
    ['five fields', timer('0 3 * * *'), '1:50: a timer has seven fields, second to year, not 5'],
    ['a time that is none', timer('0 0 25 * * * *'), '1:50: '],
    ['a wildcard of others', timer('0 0 3 L * * *'), '1:50: "L" is no field'],
    ['a number as a timer', timer(7), '1:50: "config" must be a string'],
  ])('%s', (_, content, message) => {
    expect(() => decodeConfig(content)).toThrow(
      expect.objectContaining({ name: 'ConfigError', message: expect.stringContaining(message) }),
    );
    expect(() => decodeConfig(content)).toThrow(new RegExp(`^${message.split(' ', 1)[0]}`));
  });
});
