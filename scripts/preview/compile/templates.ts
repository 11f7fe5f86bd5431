import { TmplGroup } from 'glass-easel-template-compiler';
import { MiniprogramCompileError, type Problem } from '../../miniprogram-files/compile-error';
import { isRecord } from '../../lib/is-record';

import { readTextFile } from '../../miniprogram-files/read-file';

/**
 * JavaScript whose value is every template, by path. A warning of the template compiler is an error
 * here: to it an unclosed tag is only a warning.
 */
export async function compileTemplates(dir: string, paths: readonly string[]): Promise<string> {
  const group = new TmplGroup();
  const problems: Problem[] = [];
  const waiting = [...paths];
  const added = new Set<string>();
  const scripts = new Set<string>();
  try {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      if (added.has(path)) continue;
      added.add(path);
      const file = `${path}.wxml`;
      const source = await readTextFile(dir, file);
      if (source === undefined) {
        problems.push({ file, message: 'is imported by a template, and there is no such file' });
        continue;
      }
      problems.push(...readProblems(file, group.addTmpl(path, source)));
      waiting.push(...asPaths(group.getDirectDependencies(path)));
      for (const script of asPaths(group.getScriptDependencies(path))) scripts.add(script);
    }
    for (const script of scripts) {
      const file = script.endsWith('.wxs') ? script : `${script}.wxs`;
      const source = await readTextFile(dir, file);
      if (source === undefined) problems.push({ file, message: 'there is no such wxs file' });
      else group.addScript(script, source);
    }
    if (problems.length > 0) throw new MiniprogramCompileError(problems);
    return group.getTmplGenObjectGroups();
  } finally {
    group.free();
  }
}

function asPaths(values: unknown[]): string[] {
  return values.filter((value) => typeof value === 'string');
}

function readProblems(file: string, found: unknown): Problem[] {
  if (!Array.isArray(found)) return [];
  return found.filter(isRecord).map((problem) => ({
    file,
    line: Number(problem['startLine']) + 1,
    column: Number(problem['startColumn']) + 1,
    message: String(problem['message']),
  }));
}
