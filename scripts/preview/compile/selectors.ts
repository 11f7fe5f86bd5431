import parser, { type Node, type Selector } from 'postcss-selector-parser';
import { browserTag } from '../bundle/browser-tag';

/** Where a style sheet applies: everywhere, in one page, or inside one component. */
export type StyleReach =
  | { kind: 'app' }
  | { kind: 'page'; path: string }
  | { kind: 'component'; styleScope: string };

/**
 * @param warn told of what WeChat advises against there
 *
 * @throws when the selectors are none
 */
export function rewriteSelectors(
  selectors: string,
  reach: StyleReach,
  warn: (message: string) => void,
): string {
  const rewrite = parser((root) => {
    root.each((selector) => {
      if (reach.kind === 'component') findBeyondClasses(selector, warn);
      selector.walk((node) => {
        rewriteNode(node, reach);
      });
      if (reach.kind === 'page') bindToPage(selector, reach.path);
    });
  });
  return rewrite.processSync(selectors, { lossless: true });
}

const BEYOND_CLASSES = new Map<string, string>([
  ['tag', 'a tag'],
  ['id', 'an id'],
  ['attribute', 'an attribute'],
]);

/**
 * They work, and reach further than the component.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/custom-component/wxml-wxss.html
 */
function findBeyondClasses(selector: Selector, warn: (message: string) => void): void {
  selector.walk((node) => {
    const what = isPosition(node) ? undefined : BEYOND_CLASSES.get(node.type);
    if (what !== undefined)
      warn(`a component's style should not select by ${what}: ${String(node).trim()}`);
  });
}

function rewriteNode(node: Node, reach: StyleReach): void {
  if (isPosition(node)) return;
  if (node.type === 'tag') node.value = browserTag(node.value);
  // Ids in the document carry a prefix per component; the second half keeps the weight of an id.
  else if (node.type === 'id') node.replaceWith(...idOf(node.value));
  else if (node.type === 'class' && reach.kind === 'component')
    node.value = `${reach.styleScope}--${node.value}`;
  else if (node.type === 'pseudo' && node.value === ':host' && reach.kind === 'component') {
    node.replaceWith(...fragment(`[wx-host="${reach.styleScope}"]`));
  }
}

/** `2n` of `:nth-child(2n + 1)`, which looks like a tag. */
function isPosition({ parent }: Node): boolean {
  const around = parent?.parent;
  return around?.type === 'pseudo' && around.value.startsWith(':nth-');
}

function idOf(id: string): Node[] {
  return fragment(`:is([id$="--${id}"],#${id})`);
}

/**
 * A page's style sheet does not reach the pages below it. `:where` adds no weight against app.wxss.
 */
function bindToPage(selector: Selector, path: string): void {
  const first = selector.first;
  const spaces = first.spaces.before;
  first.spaces.before = '';
  if (first.type === 'tag' && first.value === 'wx-page') {
    selector.insertAfter(first, one(`:where([is="${path}"])`));
  } else {
    selector.prepend(parser.combinator({ value: ' ' }));
    selector.prepend(one(`:where(wx-page[is="${path}"])`));
  }
  selector.first.spaces.before = spaces;
}

function fragment(text: string): Node[] {
  return [...parser().astSync(text).first.nodes];
}

function one(text: string): Node {
  const [node] = fragment(text);
  if (node === undefined) throw new Error(`no selector in ${text}`);
  return node;
}
