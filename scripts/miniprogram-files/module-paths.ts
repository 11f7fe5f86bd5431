/**
 * Where WeChat looks for what a script requires and a JSON file uses:
 * https://developers.weixin.qq.com/miniprogram/dev/devtools/npm.html
 */
import { pathFromRoot } from './path-from-root';

/** `resolveAlias` of app.json: `"~/*"` to `"/*"`. */
export type PathAliases = Readonly<Record<string, string>>;

const PACKAGES = 'miniprogram_npm';
const SCRIPT = /\.(?:js|ts)$/;

/**
 * Every path, from the root and without a leading slash, that `target` may stand for in the file
 * `from`, the first choice first: relative or from the root, then in the `miniprogram_npm` of the
 * file's folder and of each folder around it.
 */
export function pathCandidates(target: string, from: string, aliases: PathAliases = {}): string[] {
  const path = withoutAlias(target, aliases);
  const own = pathFromRoot(path, from);
  if (/^(?:\/|\.\.?(?:\/|$))/.test(path)) return [own];
  return [own, ...foldersAround(from).map((folder) => `${folder}${PACKAGES}/${path}`)];
}

/** The files that may be the module `request` of the script `from`, the first choice first. */
export function moduleCandidates(
  request: string,
  from: string,
  aliases: PathAliases = {},
): string[] {
  return pathCandidates(request, from, aliases).flatMap((path) => {
    const folder = path === '' ? 'index' : `${path}/index`;
    const named = SCRIPT.test(path) ? [path, path.replace(/\.js$/, '.ts')] : [];
    return [...named, `${path}.js`, `${path}.ts`, `${folder}.js`, `${folder}.ts`];
  });
}

/** The longest alias wins: `"@utils/*"` before `"@*"`. */
function withoutAlias(target: string, aliases: PathAliases): string {
  const [alias] = Object.keys(aliases)
    .filter((name) => (name.endsWith('*') ? target.startsWith(name.slice(0, -1)) : target === name))
    .sort((one, other) => other.length - one.length);
  if (alias === undefined) return target;
  const rest = alias.endsWith('*') ? target.slice(alias.length - 1) : '';
  return `/${aliases[alias] ?? ''}`.replace(/\*$/, rest);
}

/** `a/b/`, `a/` and the root for `a/b/file.js`. */
function foldersAround(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return [...parts.keys(), parts.length]
    .reverse()
    .map((count) => parts.slice(0, count))
    .map((folder) => (folder.length === 0 ? '' : `${folder.join('/')}/`));
}
