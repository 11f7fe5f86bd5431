import { expect, test } from '@jest/globals';
import { createSignInPrompt } from '../../../miniprogram/session/sign-in-prompt';

test('the prompt opens once for all who ask, and tells them all the answer', async () => {
  const prompt = createSignInPrompt();
  const seen: boolean[] = [];
  const stop = prompt.onChange((isOpen) => void seen.push(isOpen));
  const answers = [prompt.ask(), prompt.ask()];
  expect(prompt.isOpen).toBe(true);
  prompt.answer(true);
  expect(await Promise.all(answers)).toEqual([true, true]);
  expect(prompt.isOpen).toBe(false);

  const declined = prompt.ask();
  prompt.answer(false);
  expect(await declined).toBe(false);
  expect(seen).toEqual([true, false, true, false]);

  stop();
  void prompt.ask();
  expect(seen).toHaveLength(4);
});

test('an answer that nobody asked for is nothing', () => {
  const prompt = createSignInPrompt();
  prompt.answer(true);
  expect(prompt.isOpen).toBe(false);
});

test('nobody is asked where nobody could show it', async () => {
  const prompt = createSignInPrompt();
  expect(await prompt.ask()).toBe(false);
  expect(prompt.isOpen).toBe(false);
});

test('it is declined when whoever showed it is gone', async () => {
  const prompt = createSignInPrompt();
  const stops = [prompt.onChange(() => undefined), prompt.onChange(() => undefined)];
  const answer = prompt.ask('again');
  expect(prompt.reason).toBe('again');
  stops[0]?.();
  expect(prompt.isOpen).toBe(true);
  stops[1]?.();
  expect(await answer).toBe(false);
});
