import { test } from '@jest/globals';
import { onPath } from '../../scripts/lib/on-path';

/**
 * A test that needs something of the machine. Without that it is skipped, which `npm test` reports;
 * in CI it fails.
 */
export function testWhere(isThere: boolean): typeof test | typeof test.skip {
  return isThere || process.env['CI'] !== undefined ? test : test.skip;
}

export function hasCommands(...commands: string[]): boolean {
  return commands.every((command) => onPath([command]).length > 0);
}
