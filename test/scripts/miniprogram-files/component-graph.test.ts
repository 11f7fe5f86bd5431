import { afterAll, describe, expect, test } from '@jest/globals';
import { pagePaths, readComponentGraph } from '../../../scripts/miniprogram-files/component-graph';
import { removeMiniprograms, writeMiniprogram, type Files } from '../../support/miniprogram-folder';

afterAll(removeMiniprograms);

const component = (path: string, json: object = {}): Files => ({
  [`${path}.json`]: { component: true, ...json },
  [`${path}.wxml`]: '<view/>',
});

describe('the pages of a mini program', () => {
  test('are those of app.json, then those of its subpackages', () => {
    const pages = ['pages/home/index'];
    const subPackages = [{ root: 'shop', pages: ['pages/cart'] }, { root: 'empty' }, null];
    expect(pagePaths({ pages, subPackages })).toEqual(['pages/home/index', 'shop/pages/cart']);
    expect(pagePaths({ subpackages: subPackages })).toEqual(['shop/pages/cart']);
  });
});

describe('the component graph', () => {
  test('holds what pages reach, directly or not, each once and pages first', async () => {
    const app = { pages: ['pages/home/index'], usingComponents: { badge: 'badge' } };
    const folder = writeMiniprogram({
      'app.json': app,
      'pages/home/index.json': { usingComponents: { card: '/card' } },
      ...component('card', { usingComponents: { badge: './badge', card: 'card' } }),
      ...component('badge', { styleIsolation: 'shared' }),
      ...component('not-used'),
    });
    const { components } = await readComponentGraph(folder, app);
    expect(components.map(({ path }) => path)).toEqual(['pages/home/index', 'badge', 'card']);
    expect(components.map(({ entry }) => entry)).toEqual([
      {
        isPage: true,
        styleIsolation: 'shared',
        usingComponents: { badge: '/badge', card: '/card' },
      },
      { isPage: false, styleIsolation: 'shared', usingComponents: { badge: '/badge' } },
      {
        isPage: false,
        styleIsolation: 'isolated',
        styleScope: 'card',
        usingComponents: { badge: '/badge', card: '/card' },
      },
    ]);
  });

  test('names every page and component that is missing, and leaves out no other', async () => {
    const app = { pages: ['pages/home/index', 'pages/gone'] };
    const folder = writeMiniprogram({
      'app.json': app,
      'pages/home/index.json': { usingComponents: { card: '../../card' } },
    });
    const { components, problems } = await readComponentGraph(folder, app);
    expect(problems).toEqual([
      {
        file: 'pages/home/index.json',
        message: 'names ../../card, and there is no card.wxml',
      },
      { file: 'app.json', message: 'names pages/gone, and there is no pages/gone.wxml' },
    ]);
    expect(components.map(({ path, entry }) => [path, entry.missing])).toEqual([
      ['pages/home/index', undefined],
      ['pages/gone', 'pages/gone.wxml is missing'],
    ]);
    expect(components[0]?.entry).toMatchObject({
      usingComponents: {},
      absent: { card: 'names ../../card, and there is no card.wxml' },
    });
  });
});
