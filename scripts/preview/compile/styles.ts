import type { ChildNode, Container, Root, Rule } from 'postcss';
import { toBrowserUnits } from '../bundle/units';
import { MiniprogramCompileError, type Problem } from '../../miniprogram-files/compile-error';
import type { ComponentSource } from '../../miniprogram-files/component-graph';
import { rewriteSelectors, SelectorError, type StyleReach } from './selectors';
import { readStyleSheet } from './style-imports';

const COLOR_SCHEME = /\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/;

/** One style sheet for a browser: app.wxss, then every page's and component's own. */
export async function compileStyles(
  dir: string,
  sources: readonly ComponentSource[],
): Promise<string> {
  const sheets = [
    await compileSheet(dir, 'app.wxss', { kind: 'app' }),
    ...(await Promise.all(
      sources.map((source) => compileSheet(dir, `${source.path}.wxss`, reachOf(source))),
    )),
  ];
  return sheets.filter((css) => css !== '').join('\n');
}

function reachOf({ path, entry }: ComponentSource): StyleReach {
  if (entry.isPage) return { kind: 'page', path };
  return entry.styleScope === undefined
    ? { kind: 'app' }
    : { kind: 'component', styleScope: entry.styleScope };
}

async function compileSheet(dir: string, file: string, reach: StyleReach): Promise<string> {
  const root = await readStyleSheet(dir, file);
  if (root === undefined) return '';
  const problems: Problem[] = [];
  root.walkRules((rule) => {
    if (isKeyframe(rule)) return;
    try {
      rule.selector = rewriteSelectors(rule.selector, reach);
    } catch (cause) {
      if (!(cause instanceof SelectorError)) throw cause;
      const { line = 1, column = 1 } = rule.source?.start ?? {};
      problems.push({
        file: rule.source?.input.file ?? file,
        line,
        column,
        message: cause.message,
      });
    }
  });
  if (problems.length > 0) throw new MiniprogramCompileError(problems);
  root.walkDecls((declaration) => {
    declaration.value = toBrowserUnits(declaration.value);
  });
  followThePhonesTheme(root);
  return root.toString().trim();
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
