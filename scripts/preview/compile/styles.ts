import type { ChildNode, Container, Root, Rule } from 'postcss';
import { toBrowserUnits } from '../bundle/units';
import { MiniprogramCompileError, type Problem } from '../../miniprogram-files/compile-error';
import type { ComponentSource } from '../../miniprogram-files/component-graph';
import type { ReadText } from '../../miniprogram-files/read-file';
import { rewriteSelectors, type StyleReach } from './selectors';
import type { CompileMemory } from './memory';
import { readStyleSheet } from './style-imports';
import { placeOf, type StyleProblems } from './style-syntax';

const COLOR_SCHEME = /\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/;

export interface CompiledStyles {
  /** One style sheet for a browser: app.wxss, then every page's and component's own. */
  css: string;
  warnings: Problem[];
}

type CompiledSheet = CompiledStyles & StyleProblems;

/** @throws MiniprogramCompileError with what WeChat's compiler refuses too */
export async function compileStyles(
  read: ReadText,
  sources: readonly ComponentSource[],
  memory: CompileMemory,
): Promise<CompiledStyles> {
  const compile = (file: string, reach: StyleReach): Promise<CompiledSheet> =>
    memory.rememberReading(`style ${file} ${JSON.stringify(reach)}`, read, (reading) =>
      compileSheet(reading, file, reach, memory),
    );
  const sheets = await Promise.all([
    compile('app.wxss', { kind: 'app' }),
    ...sources.map((source) => compile(`${source.path}.wxss`, reachOf(source))),
  ]);
  const errors = sheets.flatMap((sheet) => sheet.errors);
  if (errors.length > 0) throw new MiniprogramCompileError(eachOnce(errors));
  return {
    css: sheets.flatMap(({ css }) => (css === '' ? [] : [css])).join('\n'),
    warnings: sheets.flatMap(({ warnings }) => warnings),
  };
}

/** Many may import the sheet that has it. */
function eachOnce(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function reachOf({ path, entry }: ComponentSource): StyleReach {
  if (entry.isPage) return { kind: 'page', path };
  return entry.styleScope === undefined
    ? { kind: 'app' }
    : { kind: 'component', styleScope: entry.styleScope };
}

async function compileSheet(
  read: ReadText,
  file: string,
  reach: StyleReach,
  memory: CompileMemory,
): Promise<CompiledSheet> {
  const problems: StyleProblems = { errors: [], warnings: [] };
  const root = await readStyleSheet(read, file, problems);
  if (root === undefined) return { css: '', ...problems };
  root.walkRules((rule) => {
    if (isKeyframe(rule)) return;
    const warn = (message: string): void => {
      problems.warnings.push({ ...placeOf(rule, file), message });
    };
    try {
      rule.selector = rewriteOnce(rule.selector, reach, warn, memory);
    } catch (cause) {
      warn(cause instanceof Error ? cause.message : String(cause));
      rule.remove();
    }
  });
  root.walkDecls((declaration) => {
    declaration.value = toBrowserUnits(declaration.value);
  });
  followThePhonesTheme(root);
  return { css: root.toString().trim(), ...problems };
}

/** Stands for the one page or component, in selectors that were rewritten for all of them. */
const ANY = 'wx0any0wx';

/**
 * The same selectors come again in many pages, by what they import.
 *
 * @throws when the selectors are none
 */
function rewriteOnce(
  selectors: string,
  reach: StyleReach,
  warn: (message: string) => void,
  memory: CompileMemory,
): string {
  const name = reach.kind === 'page' ? reach.path : reach.kind === 'app' ? '' : reach.styleScope;
  // One that begins otherwise is escaped in a class.
  const any = /^[a-z]/i.test(name) ? ANY : name;
  const { text, messages } = memory.remember(
    `selectors ${reach.kind} ${any} ${selectors}`,
    '',
    () => {
      const found: string[] = [];
      const general = rewriteSelectors(selectors, withName(reach, any), (message) => {
        found.push(message);
      });
      return { text: general, messages: found };
    },
  );
  for (const message of messages) warn(message);
  return text.replaceAll(ANY, () => name);
}

function withName(reach: StyleReach, name: string): StyleReach {
  if (reach.kind === 'page') return { kind: 'page', path: name };
  return reach.kind === 'app' ? reach : { kind: 'component', styleScope: name };
}

function isKeyframe(rule: Rule): boolean {
  const { parent } = rule;
  return parent !== undefined && 'name' in parent && /keyframes$/.test(parent.name);
}

/**
 * `@media (prefers-color-scheme)` asks the computer, but a phone has a theme of its own, on its
 * root element.
 */
function followThePhonesTheme(root: Root): void {
  root.walkAtRules('media', (media) => {
    const theme = COLOR_SCHEME.exec(media.params)?.[1];
    if (theme === undefined) return;
    media.walkRules((rule) => {
      if (isKeyframe(rule)) return;
      rule.selectors = rule.selectors.map(
        (selector) => `:where([data-theme="${theme}"]) ${selector}`,
      );
    });
    const rest = media.params
      .replace(COLOR_SCHEME, '')
      .replace(/^\s*and\s+|\s+and\s*$/g, '')
      .trim();
    if (rest === '') media.replaceWith(childrenOf(media));
    else media.params = rest;
  });
}

function childrenOf(container: Container): ChildNode[] {
  return container.nodes ?? [];
}
