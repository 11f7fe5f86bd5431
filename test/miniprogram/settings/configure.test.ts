import { expect, test } from '@jest/globals';
import { configure, settings, settle } from '../../../miniprogram/settings/index';

test('settings are said before the session starts, and stay from then on', () => {
  configure({ legalPage: '/pages/terms/terms' });
  settle();
  expect(() => configure({ legalPage: '/pages/other/other' })).toThrow(
    'it is too late; call it before startSession()',
  );
  expect(settings().legalPage).toBe('/pages/terms/terms');
});
