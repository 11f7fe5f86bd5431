import { TmplGroup } from 'glass-easel-template-compiler';
import { MiniprogramCompileError, type Problem } from '../../miniprogram-files/compile-error';
import { isRecord } from '../../lib/is-record';
import { readTextFile, type Folder } from '../../miniprogram-files/read-file';
import { compileWxs, WXS_NAMES, wxsPath } from './wxs';

export interface CompiledTemplates {
  /** JavaScript whose value is a `TemplateMaker`. */
  code: string;
  warnings: Problem[];
}

/** Codes of the template compiler's warnings that are errors to WeChat's own. */
const END_TAGS = new Set([65543, 65567]);

/**
 * The templates of `paths` with what they import and include, and their WXS.
 *
 * @throws MiniprogramCompileError with what WeChat's compiler refuses too
 */
export async function compileTemplates(
  folder: Folder,
  paths: readonly string[],
): Promise<CompiledTemplates> {
  const group = new TmplGroup();
  const reader = new TemplateReader(folder, group);
  try {
    return await reader.read(paths);
  } finally {
    if (!reader.isBroken) group.free();
  }
}

class TemplateReader {
  /** The compiler stopped in the middle, and its memory can't be given back. */
  isBroken = false;
  readonly #errors: Problem[] = [];
  readonly #warnings: Problem[] = [];
  readonly #templates = new Set<string>();
  readonly #scripts = new Set<string>();

  constructor(
    private readonly folder: Folder,
    private readonly group: TmplGroup,
  ) {}

  async read(paths: readonly string[]): Promise<CompiledTemplates> {
    const waiting = paths.map((path) => ({ path, from: undefined as string | undefined }));
    const scripts: { path: string; from: string }[] = [];
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { path, from } = next;
      if (this.#templates.has(path)) continue;
      this.#templates.add(path);
      const used = this.#add(path, await readTextFile(this.folder, `${path}.wxml`), from);
      waiting.push(...used.templates.map((other) => ({ path: other, from: `${path}.wxml` })));
      scripts.push(...used.scripts.map((other) => ({ path: other, from: `${path}.wxml` })));
    }
    for (let next = scripts.shift(); next !== undefined; next = scripts.shift()) {
      if (this.#scripts.has(next.path)) continue;
      this.#scripts.add(next.path);
      scripts.push(...(await this.#addScript(next.path, next.from)));
    }
    if (this.#errors.length > 0) throw new MiniprogramCompileError(this.#errors);
    const groups = callingWxs(this.group.getTmplGenObjectGroups());
    const code = `function ({ ${WXS_NAMES.join(', ')} }) {\nreturn ${groups};\n}`;
    return { code, warnings: this.#warnings };
  }

  #add(
    path: string,
    source: string | undefined,
    from: string | undefined,
  ): { templates: string[]; scripts: string[] } {
    const file = `${path}.wxml`;
    // A page that is missing is said so by the component graph.
    if (source === undefined && from !== undefined)
      this.#warnings.push({ file: from, message: `imports ${file}, and there is no such file` });
    this.#sort(file, this.#compile(path, asCompiled(source ?? '')));
    const templates = asStrings(this.group.getDirectDependencies(path));
    const scripts = asStrings(this.group.getScriptDependencies(path)).map(wxsPath);
    for (const name of asStrings(this.group.getInlineScriptModuleNames(path))) {
      const script = this.group.getInlineScript(path, name);
      const at = Math.max(source?.indexOf(script) ?? 0, 0);
      const { code, requires, problems } = compileWxs(file, script, source?.slice(0, at));
      this.group.setInlineScript(path, name, code);
      this.#warnings.push(...problems);
      scripts.push(...requires);
    }
    return { templates, scripts };
  }

  #compile(path: string, source: string): unknown {
    try {
      return this.group.addTmpl(path, source);
    } catch (cause) {
      this.isBroken = true;
      const message =
        'the template compiler cannot read it; look for a full-width character in a tag';
      throw new MiniprogramCompileError([{ file: `${path}.wxml`, message }], { cause });
    }
  }

  async #addScript(path: string, from: string): Promise<{ path: string; from: string }[]> {
    const file = `${path}.wxs`;
    const source = await readTextFile(this.folder, file);
    if (source === undefined)
      this.#warnings.push({ file: from, message: `uses ${file}, and there is no such file` });
    const { code, requires, problems } = compileWxs(file, source ?? '');
    this.#warnings.push(...problems);
    this.group.addScript(path, code);
    return requires.map((other) => ({ path: other, from: file }));
  }

  #sort(file: string, found: unknown): void {
    if (!Array.isArray(found)) return;
    for (const problem of found.filter(isRecord)) {
      const isError = problem['level'] === 'Fatal' || END_TAGS.has(Number(problem['code']));
      (isError ? this.#errors : this.#warnings).push({
        file,
        line: Number(problem['startLine']) + 1,
        column: Number(problem['startColumn']) + 1,
        message: String(problem['message']),
      });
    }
  }
}

/** Where what the compiler writes can be told who calls functions of WXS: by default, nobody does. */
const CALLERS = 'A:function(a){return a},B:function(a){return a}};';

function callingWxs(groups: string): string {
  const at = groups.indexOf(CALLERS);
  if (at < 0) {
    // Of no templates it writes none.
    if (!groups.includes('Q.C')) return groups;
    throw new Error('The template compiler writes other code than it did.');
  }
  return `${groups.slice(0, at)}A:wxsObserver,C:wxsHeard};${groups.slice(at + CALLERS.length)}`;
}

/** As the compiler knows it: `wx:for-items` was the name of `wx:for`. Moves no column. */
function asCompiled(source: string): string {
  return source.replace(/(?<=\s)wx:for-items(?=\s*=)/g, 'wx:for      ');
}

function asStrings(values: unknown[]): string[] {
  return values.filter((value) => typeof value === 'string');
}
