import { beforeEach, expect, test } from '@jest/globals';
import { createPersonal, type Personal } from '../../../miniprogram/session/personal-state';
import type { SessionState } from '../../../miniprogram/session/session-state';
import { sessionOf } from '../support/session-phone';

const signedIn = (id: string): SessionState => ({ status: 'signedIn', session: sessionOf(id) });

let answers: ((text: string) => void)[];
let personal: Personal<{ text: string }>;

const read = (): Promise<{ ok: true; text: string }> =>
  new Promise((resolve) => answers.push((text) => resolve({ ok: true, text })));

beforeEach(() => {
  answers = [];
  personal = createPersonal({
    read,
    loadedFrom: ({ text }: { text: string }) => ({ text }),
    onChange: () => undefined,
  });
});

test('is read anew for each session, also for one of the same person that follows at once', async () => {
  const followed = [personal.follow(signedIn('lin')), personal.follow(signedIn('lin again'))];
  expect(answers).toHaveLength(2);
  answers[1]?.('now');
  answers[0]?.('before');
  await Promise.all(followed);
  expect(personal.state).toEqual({ status: 'loaded', text: 'now' });
});

test('is not read anew for a session that was confirmed or renewed', async () => {
  const followed = personal.follow(signedIn('lin'));
  answers[0]?.('mine');
  await followed;
  const renewed = sessionOf('lin', { renewedAt: 7, expiresAt: 8 });
  await personal.follow({ status: 'signedIn', session: renewed });
  expect(answers).toHaveLength(1);
});
