/** What scripts find as `Function`. The page's policy lets nobody make code of text, and WeChat neither. */

/** Of JavaScript, and WeChat's timers: what a browser has besides is not for scripts. */
const OF_SCRIPTS = [
  'Object', 'Function', 'Array', 'Number', 'String', 'Boolean', 'Symbol', 'BigInt', 'Math', 'JSON', 'Date', 'RegExp',
  'Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'Map', 'Set', 'WeakMap',
  'WeakSet', 'Promise', 'Proxy', 'Reflect', 'ArrayBuffer', 'DataView', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray',
  'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array', 'NaN', 'Infinity',
  'parseInt', 'parseFloat', 'isNaN', 'isFinite', 'encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI',
  'escape', 'unescape', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'console',
] as const; // prettier-ignore

const RETURN_THIS = /^\s*return\s+this\s*;?\s*$/;

/**
 * The one text of which WeChat makes a function is `return this`, which libraries ask for the global
 * object: https://developers.weixin.qq.com/miniprogram/dev/framework/runtime/js-support.html
 */
export function scriptFunction(given: Readonly<Record<string, unknown>>): FunctionConstructor {
  const here = globalThis as unknown as Record<string, unknown>;
  const found = OF_SCRIPTS.map((name) => [name, given[name] ?? here[name]] as const);
  const all: Record<string, unknown> = Object.fromEntries(found);
  const made = (make: () => unknown, args: readonly unknown[]): object =>
    args.length === 1 && RETURN_THIS.test(String(args[0])) ? () => all : (make() as object);
  const shown = new Proxy(Function, {
    apply: (target, self, args: unknown[]) => made(() => Reflect.apply(target, self, args), args),
    construct: (target, args: unknown[]) => made(() => Reflect.construct(target, args), args),
  });
  all['Function'] = shown;
  return shown;
}
