import postcss, { type AtRule, type Root } from 'postcss';
import { pathFromRoot } from '../../miniprogram-files/path-from-root';
import { MiniprogramCompileError } from '../../miniprogram-files/compile-error';
import { readTextFile } from '../../miniprogram-files/read-file';

/** The rules of `file` with every `@import` replaced by what it names. */
export async function readStyleSheet(
  dir: string,
  file: string,
  importers: readonly string[] = [],
): Promise<Root | undefined> {
  const source = await readTextFile(dir, file);
  if (source === undefined) return undefined;
  const root = parse(source, file);
  const imports: AtRule[] = [];
  root.walkAtRules('import', (rule) => {
    imports.push(rule);
  });
  for (const rule of imports) {
    const target = pathFromRoot(nameIn(rule, file), file);
    if (target === file || importers.includes(target))
      throw failure(rule, file, `imports ${target}, which imports it`);
    const imported = await readStyleSheet(dir, target, [...importers, file]);
    if (imported === undefined)
      throw failure(rule, file, `imports ${target}, and there is no such file`);
    rule.replaceWith(imported.nodes);
  }
  return root;
}

function parse(source: string, file: string): Root {
  try {
    return postcss.parse(source, { from: file });
  } catch (cause) {
    if (!(cause instanceof Error && cause.name === 'CssSyntaxError')) throw cause;
    const { reason, line, column } = Object.assign(
      { reason: cause.message, line: 1, column: 1 },
      cause,
    );
    throw new MiniprogramCompileError([{ file, line, column, message: reason }]);
  }
}

function nameIn(rule: AtRule, file: string): string {
  const name = /^(?:url\(\s*)?["']?([^"')]+)["']?/.exec(rule.params)?.[1];
  if (name === undefined) throw failure(rule, file, `cannot read @import ${rule.params}`);
  return name;
}

function failure(rule: AtRule, file: string, message: string): MiniprogramCompileError {
  const { line = 1, column = 1 } = rule.source?.start ?? {};
  return new MiniprogramCompileError([{ file, line, column, message }]);
}
