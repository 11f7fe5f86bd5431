/** @jest-environment jsdom */
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { KNOWN_FUNCTIONS } from '../../../../../../scripts/preview/page/phone/wx/known-names';
import { root } from '../../../../../../scripts/project/root';
import { call, calling, openSmall, said, quietPhones } from '../../../../../support/small-phone';

quietPhones();

const NAMED = /getWeRunData is not part of the preview/;

describe('what wx lacks', () => {
  test('may be looked for, and is named where it is called', async () => {
    const phone = await call('typeof wx.getWeRunData');
    expect([said(phone), phone.errors()]).toEqual(['function', []]);
  });

  test('rejects its promise, and stands in the strip once', async () => {
    const phone = await call('wx.getWeRunData()');
    expect(said(phone)).toEqual({
      thrown: expect.stringMatching(/^getWeRunData:fail wx\.getWeRunData is not/),
    });
    expect(phone.errors()).toEqual([expect.stringMatching(NAMED)]);
  });

  test('tells fail and complete', async () => {
    const phone = await call(
      'new Promise((done) => { const heard = []; wx.getWeRunData({ fail: ({ errMsg }) => heard.push(errMsg), complete: () => done(heard) }) })',
    );
    expect(said(phone)).toEqual([expect.stringMatching(NAMED)]);
    expect(phone.errors()).toEqual([expect.stringMatching(NAMED)]);
  });

  test.each(['getBackgroundAudioManager', 'createVideoContext', 'getPerformance'])(
    '%s, which answers at once, throws',
    async (name) => {
      const phone = await call(`wx.${name}('id')`);
      expect(phone.errors()).toEqual([expect.stringMatching(`^wx.${name} is not part`)]);
    },
  );

  test('takes listeners for what never comes', async () => {
    const phone = await call('wx.onMemoryWarning(() => 0) || "taken"');
    expect([said(phone), phone.errors()]).toEqual(['taken', []]);
  });

  test('is no part of wx where WeChat has no such name either', async () => {
    const phone = await call('[typeof wx.nothingOfTheKind, "nothingOfTheKind" in wx]');
    expect(said(phone)).toEqual(['undefined', false]);
  });
});

test('wx may be added to, and changed', async () => {
  const phone = await openSmall(
    calling('[wx.mine, wx.request({})]', {
      'app.js':
        'wx.mine = 1; const { request } = wx; wx.request = (...args) => "instead of " + typeof request; App({})',
    }),
  );
  await phone.tap('go');
  expect(said(phone)).toEqual([1, 'instead of function']);
});

test.each<[string, boolean]>([
  ['getSystemInfoSync', true],
  ['getSystemInfoSync.return.screenWidth', true],
  ['showToast.object.image', true],
  ['cloud', true],
  ['cloud.callFunction', true],
  ['cloud.callContainer', false],
  ['getWeRunData', false],
  ['nothingOfTheKind', false],
  ['button', true],
  ['button.open-type', true],
  ['button.open-type.chooseAvatar', true],
  ['button.open-type.getUserInfo', true],
  ['button.open-type.nothing', false],
  ['button.nothing', false],
  ['swiper.circular', true],
  ['map', false],
])('canIUse("%s") is %s', async (schema, expected) => {
  const phone = await call(`wx.canIUse(${JSON.stringify(schema)})`);
  expect(said(phone)).toBe(expected);
});

test('the known names are those of miniprogram-api-typings', () => {
  const file = `${root}/node_modules/miniprogram-api-typings/types/wx/lib.wx.api.d.ts`;
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isInterfaceDeclaration(node) && node.name.text === 'Wx') {
      for (const { name } of node.members) if (name) names.add(name.getText(source));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  const objects = ['cloud', 'env', 'router', 'worklet'];
  expect([...KNOWN_FUNCTIONS].sort()).toEqual(
    [...names].filter((name) => !objects.includes(name)).sort(),
  );
});
