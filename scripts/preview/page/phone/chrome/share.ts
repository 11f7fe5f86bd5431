import { isRecord } from '../../shared/is-record';
import type { PageStack } from '../miniprogram/page-stack';
import type { Copy } from './copy';
import { showShareCard } from './share-sheet';

/** What `onShareAppMessage` is told. */
export interface ShareCause {
  from: 'button' | 'menu';
  target?: object;
}

/** @returns whether it was sent */
export type Share = (cause: ShareCause) => Promise<boolean>;

interface ShareContext {
  stack: PageStack;
  layer: HTMLElement;
  copy: Copy;
  /** The title of the page on the screen. */
  pageTitle: () => string;
  pictureUrl: (source: string) => string;
}

/** How long `onShareAppMessage` may take with its promise. */
const PROMISE_MS = 3000;

/** https://developers.weixin.qq.com/miniprogram/dev/reference/api/Page.html#onShareAppMessage-Object-object */
export function sharing({ stack, layer, copy, pageTitle, pictureUrl }: ShareContext): Share {
  return async (cause) => {
    const page = stack.current;
    const said = page.call('onShareAppMessage', cause);
    const first = isRecord(said) ? said : {};
    const promised = first['promise'] instanceof Promise ? await inTime(first['promise']) : first;
    const { title, path, imageUrl } = { ...first, ...promised };
    const query = Object.entries(page.url.query)
      .map((pair) => pair.join('='))
      .join('&');
    return showShareCard(layer, copy, {
      title: typeof title === 'string' ? title : pageTitle(),
      path: typeof path === 'string' ? path : `${page.path}${query === '' ? '' : `?${query}`}`,
      imageUrl: typeof imageUrl === 'string' && imageUrl !== '' ? pictureUrl(imageUrl) : undefined,
    });
  };
}

async function inTime(promise: Promise<unknown>): Promise<Record<string, unknown>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
    }, PROMISE_MS);
  });
  const answer = await Promise.race([promise.catch(() => undefined), tooLate]);
  clearTimeout(timer);
  return isRecord(answer) ? answer : {};
}
