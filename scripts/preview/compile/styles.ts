import type { ChildNode, Container, Root, Rule } from 'postcss';
import { toBrowserUnits } from '../bundle/units';
import type { Problem } from '../../miniprogram-files/compile-error';
import type { ComponentSource } from '../../miniprogram-files/component-graph';
import { rewriteSelectors, type StyleReach } from './selectors';
import { readStyleSheet } from './style-imports';
import { placeOf } from './style-syntax';

const COLOR_SCHEME = /\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/;

export interface CompiledStyles {
  /** One style sheet for a browser: app.wxss, then every page's and component's own. */
  css: string;
  warnings: Problem[];
}

export async function compileStyles(
  dir: string,
  sources: readonly ComponentSource[],
): Promise<CompiledStyles> {
  const warnings: Problem[] = [];
  const sheets = await Promise.all([
    compileSheet(dir, 'app.wxss', { kind: 'app' }, warnings),
    ...sources.map((source) => compileSheet(dir, `${source.path}.wxss`, reachOf(source), warnings)),
  ]);
  return { css: sheets.filter((css) => css !== '').join('\n'), warnings };
}

function reachOf({ path, entry }: ComponentSource): StyleReach {
  if (entry.isPage) return { kind: 'page', path };
  return entry.styleScope === undefined
    ? { kind: 'app' }
    : { kind: 'component', styleScope: entry.styleScope };
}

async function compileSheet(
  dir: string,
  file: string,
  reach: StyleReach,
  warnings: Problem[],
): Promise<string> {
  const root = await readStyleSheet(dir, file, warnings);
  if (root === undefined) return '';
  root.walkRules((rule) => {
    if (isKeyframe(rule)) return;
    const warn = (message: string): void => {
      warnings.push({ ...placeOf(rule, file), message });
    };
    try {
      rule.selector = rewriteSelectors(rule.selector, reach, warn);
    } catch (cause) {
      warn(cause instanceof Error ? cause.message : String(cause));
      rule.remove();
    }
  });
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
