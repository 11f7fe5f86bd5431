import { expect, test } from '@jest/globals';
import { browserTag } from '../../../../scripts/preview/bundle/browser-tag';

test.each([
  ['view', 'wx-view'],
  ['scroll-view', 'wx-scroll-view'],
  ['session-card', 'session-card'],
])('<%s> is <%s> in the document', (tag, inBrowser) => {
  expect(browserTag(tag)).toBe(inBrowser);
});
