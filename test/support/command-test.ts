import { test } from '@jest/globals';
import { onPath } from '../../scripts/on-path';

/** A test that needs commands of the machine. Without them it is skipped, which `npm test` counts; in CI it fails. */
export function commandTest(...commands: string[]): typeof test | typeof test.skip {
  const isThere = commands.every((command) => onPath([command]).length > 0);
  return isThere || process.env['CI'] !== undefined ? test : test.skip;
}
