import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { fieldsOrNone, itemsOrNone } from '../app/decode';

/** Whether a built mini program lets people in by their phone numbers, as its config.js says. */
export function asksForPhoneNumbers(miniprogramDir: string): boolean {
  const module = { exports: {} };
  try {
    runInNewContext(readFileSync(join(miniprogramDir, 'config.js'), 'utf8'), { ...module, module });
  } catch {
    // Another mini program than this one.
    return false;
  }
  return itemsOrNone(fieldsOrNone(module.exports)['signInMethods']).includes('phone');
}
