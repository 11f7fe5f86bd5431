import type { Place, Wxml } from '../../miniprogram-files/wxml/parse-wxml';

/**
 * `bindtap`, `bind:tap`, `catchtap`, `mut-bind:tap`, `capture-bind:tap`, `capture-catch:tap` ...
 */
const BINDING = /^(?:(?:capture-)?(?:bind|catch)|mut-bind):?[a-z]/i;

const QUOTED = /'([^']*)'|"([^"]*)"/g;

export interface HandlerUse extends Place {
  file: string;
  /** The attribute, e.g. `bind:tap`. */
  attribute: string;
  handler: string;
}

/**
 * The handlers that the WXML names; of `{{busy ? '' : 'onTap'}}` the quoted ones. An empty name
 * handles nothing.
 */
export function handlersIn({ file, tags }: Wxml): HandlerUse[] {
  return tags
    .flatMap(({ attributes }) => attributes)
    .filter(({ name }) => BINDING.test(name))
    .flatMap(({ name, value, line, column }) =>
      namesIn(value).map((handler) => ({ file, line, column, attribute: name, handler })),
    );
}

function namesIn(value: string): string[] {
  const names = value.includes('{{')
    ? [...value.matchAll(QUOTED)].map(([, single, double]) => single ?? double ?? '')
    : [value.trim()];
  return names.filter((name) => name !== '');
}
