import { expect, test } from '@jest/globals';
import { parsePageUrl } from '../../../../../../scripts/preview/page/phone/miniprogram/page-url';

test.each([
  ['/pages/detail/index?id=7&empty=&flag', { id: '7', empty: '', flag: '' }],
  ['../detail/index.html?id=7=8', { id: '7=8' }],
  ['../detail/index', {}],
])('%s is a page with its query', (url, query) => {
  expect(parsePageUrl(url, 'pages/home/index')).toEqual({ path: 'pages/detail/index', query });
});
