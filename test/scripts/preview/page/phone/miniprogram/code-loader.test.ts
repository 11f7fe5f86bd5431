import { expect, test } from '@jest/globals';
import { CodeLoader } from '../../../../../../scripts/preview/page/phone/miniprogram/code-loader';

const component = (...uses: string[]) => ({
  isPage: false,
  styleIsolation: 'isolated' as const,
  usingComponents: Object.fromEntries(uses.map((path) => [path.replace(/\W/g, '-'), `/${path}`])),
});

const COMPONENTS = {
  'pages/home/index': component('components/a'),
  'pages/me/index': component('packages/shop/card'),
  'packages/shop/list': component('packages/shop/card'),
  'packages/shop/cart': component(),
  'packages/shops/list': component(),
  'components/a': component('components/b'),
  'components/b': component('components/a'),
  'packages/shop/card': component(),
};

function load(lazyCode: boolean, ...needed: string[]): { atLaunch: string[]; later: string[] } {
  const ran: string[] = [];
  const packages = ['packages/shop/', 'packages/shops/'];
  const config = { components: COMPONENTS, packages, lazyCode };
  const loader = new CodeLoader(config, (path) => ran.push(path));
  loader.launch();
  const atLaunch = ran.splice(0);
  for (const path of needed) loader.need(path);
  return { atLaunch, later: ran };
}

const MAIN = ['pages/home/index', 'pages/me/index', 'components/a', 'components/b'];

test('scripts of the main package run at launch, each once', () => {
  expect(load(false, 'pages/home/index')).toEqual({ atLaunch: MAIN, later: [] });
});

test('those of a subpackage run with its first page', () => {
  expect(load(false, 'packages/shop/list', 'packages/shop/cart').later).toEqual([
    'packages/shop/list',
    'packages/shop/cart',
    'packages/shop/card',
  ]);
});

test('a component of a subpackage runs with the page that shows it', () => {
  expect(load(false, 'pages/me/index').later).toEqual(['packages/shop/card']);
});

test('with lazyCodeLoading, a script runs with the first page that needs it', () => {
  expect(load(true, 'pages/home/index', 'packages/shop/list')).toEqual({
    atLaunch: [],
    later: [
      'components/b',
      'components/a',
      'pages/home/index',
      'packages/shop/card',
      'packages/shop/list',
    ],
  });
});
