import { stringMapOf } from '../../../../miniprogram-files/json';
import { pathFromRoot } from '../../../../miniprogram-files/path-from-root';
import { isRecord } from '../../shared/is-record';

export interface PageUrl {
  path: string;
  query: Record<string, string>;
}

/** `/pages/x/index?id=7`, or relative to the page that is shown. */
export function parsePageUrl(url: string, from: string): PageUrl {
  const [target = '', search = ''] = url.split('?', 2);
  const query = search
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): [string, string] => {
      const end = pair.indexOf('=');
      return end < 0 ? [pair, ''] : [pair.slice(0, end), pair.slice(end + 1)];
    });
  return {
    path: pathFromRoot(target, from).replace(/\.html$/, ''),
    query: Object.fromEntries(query),
  };
}

/** Of what `JSON.parse` gave; none of anything else. */
export function readPageUrls(value: unknown): PageUrl[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((page: unknown) =>
    isRecord(page) && typeof page['path'] === 'string'
      ? [{ path: page['path'], query: stringMapOf(page['query']) }]
      : [],
  );
}
