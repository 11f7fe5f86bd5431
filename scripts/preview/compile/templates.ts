import { TmplGroup } from 'glass-easel-template-compiler';
import { MiniprogramCompileError, type Problem } from '../../miniprogram-files/compile-error';
import { isRecord } from '../../lib/is-record';
import { readTextFile, type Folder } from '../../miniprogram-files/read-file';
import type { Json } from '../../miniprogram-files/json';
import { placeAt, type Place } from '../../miniprogram-files/place';
import { asWccReads } from './as-wcc-reads';
import { usesIn, type Use } from './template-uses';
import { compileWxs, WXS_NAMES, wxsPath, type WxsRequire } from './wxs';

export interface CompiledTemplates {
  /** JavaScript whose value is a `TemplateMaker`. */
  code: string;
  warnings: Problem[];
}

/** Codes of the template compiler's warnings that are errors to WeChat's own. */
const END_TAGS = new Set([65543, 65567]);
const ATTRIBUTE_NAME = 65546;
/** Also a `wx:else` that nothing comes before. */
const ATTRIBUTE = 65548;
const NO_MODULE = 65562;

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
    const waiting: Partial<Use>[] = paths.map((path) => ({ path }));
    const scripts: Use[] = [];
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { path = '', from } = next;
      if (this.#templates.has(path)) continue;
      this.#templates.add(path);
      const used = this.#add(path, await readTextFile(this.folder, `${path}.wxml`), from);
      waiting.push(...used.templates);
      scripts.push(...used.scripts);
    }
    for (let next = scripts.shift(); next !== undefined; next = scripts.shift()) {
      if (this.#scripts.has(next.path)) continue;
      this.#scripts.add(next.path);
      scripts.push(...(await this.#addScript(next)));
    }
    if (this.#errors.length > 0) throw new MiniprogramCompileError(this.#errors);
    const groups = callingWxs(this.group.getTmplGenObjectGroups());
    const code = `function ({ ${WXS_NAMES.join(', ')} }) {\nreturn ${groups};\n}`;
    return { code, warnings: this.#warnings };
  }

  #add(
    path: string,
    written: string | undefined,
    from: Use['from'] | undefined,
  ): { templates: Use[]; scripts: Use[] } {
    const file = `${path}.wxml`;
    // A page that is missing is said so by the component graph.
    if (written === undefined && from !== undefined)
      this.#warnings.push({ ...from, message: `imports ${file}, and there is no such file` });
    const source = this.#compile(path, asCompiled(written ?? ''));
    const used = (paths: unknown[]): Use[] => usesIn(file, source, asStrings(paths).map(wxsPath));
    const templates = used(this.group.getDirectDependencies(path));
    const scripts = used(this.group.getScriptDependencies(path));
    for (const name of asStrings(this.group.getInlineScriptModuleNames(path))) {
      const script = this.group.getInlineScript(path, name);
      const at = Math.max(source.indexOf(script), 0);
      const { code, requires, problems } = compileWxs(file, script, source.slice(0, at));
      this.group.setInlineScript(path, name, code);
      this.#warnings.push(...problems);
      scripts.push(...requires.map((required) => useOf(required, file)));
    }
    return { templates, scripts };
  }

  /** What was compiled: the text as it is, or as WeChat's compiler reads it where that goes better. */
  #compile(path: string, source: string): string {
    const file = `${path}.wxml`;
    const found = this.#addTemplate(path, source);
    const other = found.some(isOfSyntax) ? asWccReads(source) : source;
    const better = other === source ? found : this.#addTemplate(path, other);
    if (other !== source && better.length < found.length) {
      this.#sort(file, other, better);
      return other;
    }
    if (other !== source) this.#addTemplate(path, source);
    this.#sort(file, source, found);
    return source;
  }

  #addTemplate(path: string, source: string): Json[] {
    try {
      const found: unknown = this.group.addTmpl(path, source);
      return Array.isArray(found) ? found.filter(isRecord) : [];
    } catch (cause) {
      this.isBroken = true;
      const message =
        'the template compiler cannot read it; look for a full-width character in a tag';
      const problem = { file: `${path}.wxml`, ...placeOfWideCharacter(source), message };
      throw new MiniprogramCompileError([problem], { cause });
    }
  }

  async #addScript({ path, from }: Use): Promise<Use[]> {
    const file = `${path}.wxs`;
    const source = await readTextFile(this.folder, file);
    if (source === undefined)
      this.#warnings.push({ ...from, message: `uses ${file}, and there is no such file` });
    const { code, requires, problems } = compileWxs(file, source ?? '');
    this.#warnings.push(...problems);
    this.group.addScript(path, code);
    return requires.map((required) => useOf(required, file));
  }

  #sort(file: string, source: string, found: readonly Json[]): void {
    const lines = source.split('\n');
    for (const problem of found) {
      const line = Number(problem['startLine']);
      const column = Number(problem['startColumn']);
      const at = lines[line]?.slice(column) ?? '';
      const refusal = refusalOf(Number(problem['code']), at);
      const message = refusal ?? String(problem['message']);
      const told = { file, line: line + 1, column: column + 1, message };
      if (isError(problem)) this.#errors.push(told);
      else this.#warnings.push(told);
    }
  }
}

/** Up to the first one in a tag and outside of values. */
const UP_TO_WIDE_CHARACTER = /<[A-Za-z](?:"[^"]*"|'[^']*'|[ \t\r\n!#-&(-;=?-~])*?[^ -~\t\r\n]/;

function placeOfWideCharacter(source: string): Partial<Place> {
  const found = UP_TO_WIDE_CHARACTER.exec(source);
  return found === null ? {} : placeAt(source, found.index + found[0].length - 1);
}

function useOf({ path, ...place }: WxsRequire, file: string): Use {
  return { path, from: { file, ...place } };
}

function isError({ level, code }: Json): boolean {
  return level === 'Fatal' || END_TAGS.has(Number(code));
}

function isOfSyntax(problem: Json): boolean {
  return isError(problem) || problem['code'] === ATTRIBUTE_NAME;
}

/** What the template compiler only warns of and WeChat's refuses, in words. */
function refusalOf(code: number, at: string): string | undefined {
  const name = /^wx:el(?:se|if)\b/.exec(at)?.[0];
  if (code === ATTRIBUTE && name !== undefined)
    return `${name} has no wx:if before it that it belongs to: WeChat refuses it`;
  return code === NO_MODULE ? 'a <wxs> has no module: WeChat refuses it' : undefined;
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
