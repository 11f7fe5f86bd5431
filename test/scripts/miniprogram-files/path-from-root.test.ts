import { expect, test } from '@jest/globals';
import { pathFromRoot } from '../../../scripts/miniprogram-files/path-from-root';

test.each([
  ['card', 'pages/home/index', 'pages/home/card'],
  ['./card', 'pages/home/index', 'pages/home/card'],
  ['../../components/card/index', 'pages/home/index', 'components/card/index'],
  ['/components//card/./index', 'pages/home/index', 'components/card/index'],
  ['theme.wxss', 'app.wxss', 'theme.wxss'],
])('%s in %s stands for %s', (target, from, path) => {
  expect(pathFromRoot(target, from)).toBe(path);
});

test('no path leads out of the mini program', () => {
  expect(pathFromRoot('../../../etc/passwd', 'pages/home')).toBe('etc/passwd');
  expect(pathFromRoot('/../a', '')).toBe('a');
});
