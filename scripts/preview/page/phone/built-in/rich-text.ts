import { toBrowserUnits } from '../../../bundle/units';
import type { BuiltIn } from './built-in';

/** https://developers.weixin.qq.com/miniprogram/dev/component/rich-text.html: tag to attributes. */
const TRUSTED: Readonly<Record<string, readonly string[]>> = {
  col: ['span', 'width'],
  colgroup: ['span', 'width'],
  fieldset: [],
  img: ['alt', 'src', 'height', 'width'],
  ol: ['start', 'type'],
  table: ['width'],
  td: ['colspan', 'height', 'rowspan', 'width'],
  th: ['colspan', 'height', 'rowspan', 'width'],
  tr: ['colspan', 'height', 'rowspan', 'width'],
  bdo: ['dir'],
};
const PLAIN = [
  'a', 'abbr', 'address', 'article', 'aside', 'b', 'bdi', 'big', 'blockquote', 'br', 'caption', 'center', 'cite', 'code',
  'dd', 'del', 'div', 'dl', 'dt', 'em', 'font', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'i', 'ins',
  'label', 'legend', 'li', 'mark', 'nav', 'p', 'pre', 'q', 'rt', 'ruby', 's', 'section', 'small', 'span', 'strong', 'sub',
  'sup', 'tbody', 'tfoot', 'thead', 'tt', 'u', 'ul',
]; // prettier-ignore
const TAGS = new Set([...Object.keys(TRUSTED), ...PLAIN]);
const EVERYWHERE = ['class', 'style'];
const SPACES: Record<string, string> = { ensp: '\u2002', emsp: '\u2003', nbsp: '\u00a0' };

interface RichNode {
  type?: unknown;
  name?: unknown;
  text?: unknown;
  attrs?: unknown;
  children?: unknown;
}

/** Its nodes are built one by one, of trusted tags and attributes only: no markup is ever set. */
export const richText: BuiltIn = {
  properties: {
    nodes: { type: null, value: '' },
    space: String,
    userSelect: Boolean,
    mode: { type: String, value: 'default' },
  },
  update: (element) => {
    const nodes = element.value('nodes');
    const space = SPACES[element.text('space')];
    const list = typeof nodes === 'string' ? parsed(nodes) : Array.isArray(nodes) ? nodes : [];
    element.host.replaceChildren(...list.flatMap((node: unknown) => built(node, space)));
  },
};

/** A document made by DOMParser runs and loads nothing. */
function parsed(html: string): RichNode[] {
  return [...new DOMParser().parseFromString(html, 'text/html').body.childNodes].flatMap(described);
}

function described(node: Node): RichNode[] {
  if (node instanceof Text) return [{ type: 'text', text: node.data }];
  if (!(node instanceof Element)) return [];
  const attrs = Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value]));
  return [{ name: node.localName, attrs, children: [...node.childNodes].flatMap(described) }];
}

function built(value: unknown, space: string | undefined): Node[] {
  if (!isRichNode(value)) return [];
  if (value.type === 'text') {
    const text = typeof value.text === 'string' ? value.text : '';
    return [document.createTextNode(space === undefined ? text : text.replaceAll(' ', space))];
  }
  const name = String(value.name).toLowerCase();
  // As in WeChat, a tag that is not trusted goes with all that is in it.
  if (!TAGS.has(name)) return [];
  const made = document.createElement(name);
  const attrs = isAttributes(value.attrs) ? value.attrs : {};
  for (const attribute of [...EVERYWHERE, ...(TRUSTED[name] ?? [])]) {
    const text = attrs[attribute];
    if (typeof text !== 'string' && typeof text !== 'number') continue;
    if (attribute === 'src' && !/^(https?:|data:image\/|blob:|miniprogram\/)/i.test(String(text)))
      continue;
    made.setAttribute(
      attribute,
      attribute === 'style' ? toBrowserUnits(String(text)) : String(text),
    );
  }
  const children: unknown[] = Array.isArray(value.children) ? value.children : [];
  made.append(...children.flatMap((child) => built(child, space)));
  return [made];
}

function isRichNode(value: unknown): value is RichNode {
  return typeof value === 'object' && value !== null;
}

function isAttributes(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
