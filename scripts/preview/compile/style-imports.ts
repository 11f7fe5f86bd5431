import type { AtRule, Root } from 'postcss';
import type { Problem } from '../../miniprogram-files/compile-error';
import { pathCandidates } from '../../miniprogram-files/module-paths';
import type { ReadText } from '../../miniprogram-files/read-file';
import { parseStyle, placeOf } from './style-syntax';

/** The rules of `file` with every `@import` replaced by what it names. */
export async function readStyleSheet(
  read: ReadText,
  file: string,
  warnings: Problem[],
  importers: readonly string[] = [],
): Promise<Root | undefined> {
  const source = await read(file);
  if (source === undefined) return undefined;
  const root = parseStyle(file, source, warnings);
  const imports: AtRule[] = [];
  root.walkAtRules('import', (rule) => {
    imports.push(rule);
  });
  for (const rule of imports) {
    const found = await importedBy(read, rule, file, warnings, [...importers, file]);
    if (typeof found === 'string') warnings.push({ ...placeOf(rule, file), message: found });
    rule.replaceWith(typeof found === 'string' ? [] : found.nodes);
  }
  return root;
}

/** The style sheet, or why there is none. */
async function importedBy(
  read: ReadText,
  rule: AtRule,
  file: string,
  warnings: Problem[],
  importers: readonly string[],
): Promise<Root | string> {
  const name = /^(?:url\(\s*)?["']?([^"')]+?)["']?\s*\)?$/.exec(rule.params)?.[1];
  if (name === undefined) return `cannot read @import ${rule.params}`;
  const candidates = pathCandidates(name, file).flatMap((path) =>
    /\.\w+$/.test(path) ? [path] : [`${path}.wxss`],
  );
  for (const target of candidates) {
    if (importers.includes(target)) return `imports ${target}, which imports it`;
    const imported = await readStyleSheet(read, target, warnings, importers);
    if (imported !== undefined) return imported;
  }
  return `imports ${candidates[0] ?? name}, and there is no such file`;
}
