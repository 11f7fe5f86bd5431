/** `functions/manifest.json` of the package: the functions that `init` brings. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface BroughtFunction {
  description: string;
  /** Every app needs it. */
  isBase: boolean;
  /** The SHA-256 of each file, which is also its name in the package. */
  files: Readonly<Record<string, string>>;
  /** Those that it needs besides `sessions`. */
  collections: readonly string[];
  hasTimer: boolean;
}

export interface BroughtCollection {
  name: string;
  permission: 'ADMINONLY' | 'PRIVATE' | 'READONLY' | 'ADMINWRITE';
  indexes: readonly {
    name: string;
    keys: readonly { field: string; order: 'asc' | 'desc' }[];
    unique: boolean;
  }[];
}

export interface BroughtFunctions {
  version: string;
  functions: Record<string, BroughtFunction>;
  collections: readonly BroughtCollection[];
}

/** @param functionsDir of the package */
export function readManifest(functionsDir: string): BroughtFunctions {
  return JSON.parse(readFileSync(join(functionsDir, 'manifest.json'), 'utf8')) as BroughtFunctions;
}
