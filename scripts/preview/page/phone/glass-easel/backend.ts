import {
  CurrentWindowBackendContext,
  NativeNode,
  type domlikeBackend,
  type Element as WxElement,
} from 'glass-easel';
import { browserTag } from '../../../bundle/browser-tag';
import { toBrowserUnits } from '../../../bundle/units';

/**
 * glass-easel's document backend, with WeChat's tag names, rpx in inline styles, and a hook for
 * tests: every class as the author wrote it is in `data-class`, beside the prefixed one in `class`.
 */
export class PhoneBackend extends CurrentWindowBackendContext {
  readonly #nodes = new WeakMap<object, WxElement>();

  /**
   * @param styleScopes the class prefixes in use
   *
   * @param onUnknownTag called for a tag that is neither WeChat's nor a component
   */
  constructor(
    private readonly styleScopes: ReadonlySet<string>,
    private readonly onUnknownTag: (tag: string, node: WxElement) => void,
  ) {
    super();
  }

  override document = {
    createElement: (tag: string) =>
      backendElement(decorated(document.createElement(browserTag(tag)), this.styleScopes)),
    createTextNode: (text: string) => backendElement(document.createTextNode(text)),
    createDocumentFragment: () => backendElement(document.createDocumentFragment()),
  };

  override associateValue(element: domlikeBackend.Element, value: WxElement): void {
    this.#nodes.set(element, value);
    // Every element of WeChat's is a component here, so a bare node is an unknown tag.
    if (NativeNode.isNativeNode(value)) this.onUnknownTag(value.is, value);
  }

  /** gestures.ts and the built-in elements forward events, not listeners on each element. */
  override setListenerStats(): void {
    return;
  }

  /** At once: an animation frame does not come while the browser's tab is hidden. */
  override render(done: (error: Error | null) => void): void {
    queueMicrotask(() => {
      done(null);
    });
  }

  /** The WeChat element that `node` belongs to: its own or the nearest around it. */
  nodeAt(node: unknown): WxElement | undefined {
    for (let at = node instanceof Node ? node : null; at !== null; at = at.parentNode) {
      const found = this.#nodes.get(at);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

export function backendElement(node: Node): domlikeBackend.Element {
  if (!isBackendElement(node)) throw new Error('not a document node');
  return node;
}

function isBackendElement(node: unknown): node is domlikeBackend.Element {
  return node instanceof Node;
}

/** Not one of `virtualHost`, which is only its template. */
export function hasElement(node: WxElement): boolean {
  return node.getBackendElement() instanceof HTMLElement;
}

export function hostElementOf(node: WxElement): HTMLElement {
  const element: unknown = node.getBackendElement();
  if (element instanceof HTMLElement) return element;
  throw new Error(`${node.constructor.name} has no element in the document`);
}

function decorated(element: HTMLElement, styleScopes: ReadonlySet<string>): HTMLElement {
  const { classList } = element;
  const add = classList.add.bind(classList);
  const remove = classList.remove.bind(classList);
  const setAttribute = element.setAttribute.bind(element);
  const mirror = (): void => {
    setAttribute(
      'data-class',
      [...classList].map((name) => asWritten(name, styleScopes)).join(' '),
    );
  };
  classList.add = (...names) => {
    add(...names);
    mirror();
  };
  classList.remove = (...names) => {
    remove(...names);
    mirror();
  };
  element.setAttribute = (name, value) => {
    setAttribute(name, name === 'style' ? toBrowserUnits(value) : value);
  };
  return element;
}

/** Without the prefix of the component; a class such as `card--active` has none. */
function asWritten(name: string, styleScopes: ReadonlySet<string>): string {
  const end = name.indexOf('--');
  return end > 0 && styleScopes.has(name.slice(0, end)) ? name.slice(end + 2) : name;
}
