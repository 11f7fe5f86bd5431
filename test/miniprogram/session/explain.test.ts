import { describe, expect, test } from '@jest/globals';
import { en, zhCN } from '../../../miniprogram/i18n/copy';
import { explainRefusal, explainState } from '../../../miniprogram/session/explain';
import type { EndCode, ProblemCode } from '../../../miniprogram/session/session-state';

const endedAt = new Date(2026, 10, 21, 9, 5).getTime();

const ended = (
  code: EndCode,
  detail?: { endedAt?: number; device?: { name: string; platform: string } },
) => ({ status: 'signedOut', ended: { code, ...(detail && { detail }) } }) as const;

describe('what the person is told', () => {
  test('is nothing when there is nothing to explain', () => {
    expect(explainState({ status: 'signedOut' }, zhCN)).toBe('');
  });

  test('names the time and the device that took over', () => {
    const state = ended('SESSION_REPLACED', {
      endedAt,
      device: { name: '小米 14', platform: 'android' },
    });
    expect(explainState(state, zhCN)).toContain('11月21日 09:05');
    expect(explainState(state, zhCN)).toContain('小米 14');
    expect(explainState(state, en)).toContain('21 Nov 09:05');
    expect(explainState(state, en)).toContain('小米 14');
  });

  test.each([zhCN, en])(
    'has no gap when the device has no name, or the detail is missing',
    (copy) => {
      const states = (['SESSION_REPLACED', 'SESSION_REVOKED'] as const).flatMap((code) => [
        ended(code),
        ended(code, { endedAt }),
        ended(code, { endedAt, device: { name: '', platform: '' } }),
      ]);
      for (const state of states) expect(explainState(state, copy)).toMatch(/^[^{}]+$/);
    },
  );

  test.each([zhCN, en])(
    'explains every problem, before the reason why the session ended',
    (copy) => {
      for (const problem of Object.keys(copy.problem) as ProblemCode[]) {
        const state = { ...ended('SESSION_EXPIRED'), problem };
        expect(explainState(state, copy)).toBe(copy.problem[problem]);
      }
    },
  );
});

describe('what the person is told about a sign-in that was refused', () => {
  const problem = (code: ProblemCode, problemDetail: object) =>
    explainState({ status: 'signedOut', problem: code, problemDetail }, zhCN);

  test.each([
    ['code', zhCN.codeUsed],
    ['name', zhCN.problem.IDENTITY_UNKNOWN],
    ['password', zhCN.problem.IDENTITY_UNKNOWN],
    ['device', zhCN.problem.INVALID_INPUT],
  ])('for its %s', (field, text) => {
    expect(problem('INVALID_INPUT', { field })).toBe(text);
  });

  test('is when they may try again', () => {
    expect(problem('TOO_MANY_ATTEMPTS', { retryAt: endedAt })).toContain('11月21日 09:05');
  });
});

describe('what the person is told when something that they asked for was refused', () => {
  const retryAt = new Date(2026, 10, 21, 9, 5, 1).getTime();

  test('is when they may try again: by then, and not a minute before', () => {
    const tooMany = { code: 'TOO_MANY_ATTEMPTS', detail: { retryAt } };
    expect(explainRefusal(tooMany, zhCN, 'other')).toBe(
      '操作过于频繁，请在 11月21日 09:06 后再试。',
    );
    expect(explainRefusal(tooMany, en, 'other')).toBe(
      'Too many attempts. Please try again after 21 Nov 09:06.',
    );
  });

  test('is to try later, when nobody said when', () => {
    expect(explainRefusal({ code: 'TOO_MANY_ATTEMPTS' }, zhCN, 'other')).toBe(
      zhCN.problem.TOO_MANY_ATTEMPTS,
    );
  });

  test.each(['NETWORK', 'INTERNAL', 'toString'])('is what the page says, for %s', (code) => {
    expect(explainRefusal({ code }, zhCN, 'other')).toBe('other');
  });
});
