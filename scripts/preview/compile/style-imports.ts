import { Root, type AtRule } from 'postcss';
import { pathCandidates } from '../../miniprogram-files/module-paths';
import type { ReadText } from '../../miniprogram-files/read-file';
import { STYLE_LANGUAGES } from '../../miniprogram-files/style-languages';
import { parseStyle, placeOf, type StyleProblems } from './style-syntax';

/** The rules of `file` with every `@import` replaced by what it names. */
export async function readStyleSheet(
  read: ReadText,
  file: string,
  problems: StyleProblems,
  importers: readonly string[] = [],
): Promise<Root | undefined> {
  const source = await read(file);
  if (source === undefined) return undefined;
  const root = parseStyle(file, source, problems);
  const imports: AtRule[] = [];
  root.walkAtRules('import', (rule) => {
    imports.push(rule);
  });
  for (const rule of imports) {
    const found = await importedBy(read, rule, file, problems, [...importers, file]);
    if (found instanceof Root) {
      rule.replaceWith(found.nodes);
    } else {
      problems[found.kind].push({ ...placeOf(rule, file), message: found.message });
      rule.remove();
    }
  }
  return root;
}

/** Why there is no style sheet to import. */
interface Lacking {
  kind: keyof StyleProblems;
  message: string;
}

async function importedBy(
  read: ReadText,
  rule: AtRule,
  file: string,
  problems: StyleProblems,
  importers: readonly string[],
): Promise<Root | Lacking> {
  const name = /^(?:url\(\s*)?["']?([^"')]+?)["']?\s*\)?$/.exec(rule.params)?.[1];
  if (name === undefined)
    return { kind: 'warnings', message: `cannot read @import ${rule.params}` };
  const candidates = pathCandidates(name, file).flatMap((path) =>
    /\.\w+$/.test(path) ? [path] : [`${path}.wxss`],
  );
  for (const target of candidates) {
    if (importers.includes(target))
      return { kind: 'errors', message: `imports ${target}, which imports it` };
    const imported = await readStyleSheet(read, target, problems, importers);
    if (imported !== undefined) return imported;
  }
  return notThere(read, candidates[0] ?? name);
}

async function notThere(read: ReadText, target: string): Promise<Lacking> {
  for (const suffix of STYLE_LANGUAGES) {
    const source = target.replace(/\.wxss$/, suffix);
    // DevTools may be set to build it.
    if ((await read(source)) !== undefined)
      return { kind: 'warnings', message: `imports ${target}, which ${source} is not built to` };
  }
  return { kind: 'errors', message: `imports ${target}, and there is no such file` };
}
