import { beforeEach, expect, test } from '@jest/globals';
import {
  createPrivacyPrompt,
  type PrivacyPrompt,
} from '../../../miniprogram/privacy/privacy-prompt';

let prompt: PrivacyPrompt;
let answers: unknown[];

beforeEach(() => {
  prompt = createPrivacyPrompt();
  answers = [];
});
const ask = (): void => prompt.ask((answer) => void answers.push(answer));

test('an API waits until the person has answered', () => {
  ask();
  expect([prompt.isOpen, answers]).toEqual([true, []]);
  prompt.agree('button');
  expect([prompt.isOpen, answers]).toEqual([false, [{ event: 'agree', buttonId: 'button' }]]);
});

test('several that ask at once get one answer, each once', () => {
  ask();
  ask();
  prompt.disagree();
  prompt.disagree();
  expect(answers).toEqual([{ event: 'disagree' }, { event: 'disagree' }]);
});

test('tells when it opens and closes, until it is not listened to any more', () => {
  const heard: boolean[] = [];
  const stop = prompt.onChange((isOpen) => heard.push(isOpen));
  ask();
  prompt.disagree();
  stop();
  ask();
  expect(heard).toEqual([true, false]);
});
