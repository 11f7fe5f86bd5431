import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ASKS = /open-type\s*=\s*["'][^"']*get(?:Realtime)?PhoneNumber/;

/** Whether a page or component has a button that asks for the person's number. */
export function asksForPhoneNumbers(miniprogramDir: string): boolean {
  return readdirSync(miniprogramDir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.wxml') && !/(^|[\\/])node_modules[\\/]/.test(file))
    .some((file) => ASKS.test(readFileSync(join(miniprogramDir, file), 'utf8')));
}
