/**
 * The path that `target` stands for in the file `from`, from the root of the mini program, without
 * a leading slash. Never leads out of the mini program.
 */
export function pathFromRoot(target: string, from: string): string {
  const parts = target.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
