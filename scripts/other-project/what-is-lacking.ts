/** What a mini program's folder lacks to be shown as it stands: what DevTools would make first. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../lib/is-record';
import { readJsonFile } from '../miniprogram-files/read-file';
import { STYLE_LANGUAGES } from '../miniprogram-files/style-languages';

export interface Lacking {
  /** Without it nothing can be shown. */
  errors: string[];
  warnings: string[];
}

const MOST_NAMED = 3;
const NPM = 'miniprogram_npm';
const PASSED_OVER = new Set(['node_modules', NPM]);

/**
 * @param dir holds app.json
 * @param root of the project; may hold package.json
 */
export async function whatIsLacking(dir: string, root: string): Promise<Lacking> {
  const files = filesIn(dir).sort();
  const all = new Set(files);
  const has = (file: string): boolean => all.has(file);
  /** Of the app, a page or a component: others may be of anything. */
  const isPart = (stem: string): boolean => stem === 'app' || has(`${stem}.wxml`);
  const without = (suffixes: readonly string[], made: string): string[] =>
    files.filter((file) => {
      const suffix = suffixes.find((end) => file.endsWith(end));
      if (suffix === undefined) return false;
      const stem = file.slice(0, -suffix.length);
      return isPart(stem) && !has(stem + made);
    });
  const scripts = without(['.ts'], '.js');
  const styles = without(STYLE_LANGUAGES, '.wxss');
  return {
    errors: scripts.length === 0 ? [] : [typescript(scripts, dir)],
    warnings: [
      ...(styles.length === 0 ? [] : [otherStyles(styles)]),
      ...(await packages(dir, root)),
    ],
  };
}

/** Paths from `dir`, with `/`; nothing of packages. */
function filesIn(dir: string, inside = ''): string[] {
  return readdirSync(join(dir, inside), { withFileTypes: true }).flatMap((entry) => {
    if (PASSED_OVER.has(entry.name) || entry.name.startsWith('.')) return [];
    const path = `${inside}${entry.name}`;
    return entry.isDirectory() ? filesIn(dir, `${path}/`) : [path];
  });
}

function typescript(files: readonly string[], dir: string): string {
  return `${named(files)} in ${dir} are TypeScript, which the preview does not compile: build them to .js, and choose the folder of what was built.`;
}

function otherStyles(files: readonly string[]): string {
  return `styles are missing: ${named(files)} have no .wxss beside them; build them to see them`;
}

async function packages(dir: string, root: string): Promise<string[]> {
  if (existsSync(join(dir, NPM))) return [];
  const folder = [dir, root].find((one) => existsSync(join(one, 'package.json')));
  const json = folder === undefined ? undefined : await readJsonFile(folder, 'package.json');
  const dependencies = json?.['dependencies'];
  const names = isRecord(dependencies) ? Object.keys(dependencies) : [];
  if (names.length === 0) return [];
  return [
    `there is no ${NPM}, and package.json names ${named(names)}: if pages use them, run npm install and then 构建 npm in DevTools (工具 → 构建 npm)`,
  ];
}

function named(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  const first = names.slice(0, MOST_NAMED).join(', ');
  return more > 0 ? `${first} and ${String(more)} more` : first;
}
