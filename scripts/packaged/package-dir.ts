import { join } from 'node:path';

/** Of the installed package: its commands are one file, in `lib/preview/`. */
export const PACKAGE_DIR = join(__dirname, '../..');
