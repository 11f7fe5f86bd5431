import { describe, expect, test } from '@jest/globals';
import {
  Privacy,
  type PrivacyAnswer,
} from '../../../../../../scripts/preview/page/phone/state/privacy';

const refused = 'privacy permission is not authorized';

/** A mini program that answers so, after the person tapped the button `agree`. */
function answering(answer: PrivacyAnswer): Privacy {
  const privacy = new Privacy(true, () => Promise.resolve(true));
  privacy.listen((resolve) => {
    privacy.tapped('agree');
    resolve({ event: 'exposureAuthorization' });
    resolve(answer);
  });
  return privacy;
}

describe('the question for privacy', () => {
  test('is not put to a mini program that does not declare it', async () => {
    const privacy = new Privacy(false, () => Promise.resolve(false));
    await privacy.authorize('chooseAvatar');
    expect(privacy.needed).toBe(false);
  });

  test('is put by WeChat when the mini program does not listen, and once accepted not again', async () => {
    const answers = [false, true];
    const privacy = new Privacy(true, () => Promise.resolve(answers.shift() === true));
    await expect(privacy.authorize('a')).rejects.toThrow(refused);
    await privacy.authorize('a');
    await privacy.authorize('b');
    expect([answers, privacy.needed]).toEqual([[], false]);
  });

  test('is accepted by the tap on the button that the mini program names', async () => {
    await answering({ event: 'agree', buttonId: 'agree' }).authorize('a');
  });

  test.each<PrivacyAnswer>([
    { event: 'disagree', buttonId: 'agree' },
    { event: 'agree' },
    { event: 'agree', buttonId: 'another' },
  ])('is not accepted by %j', async (answer) => {
    await expect(answering(answer).authorize('a')).rejects.toThrow(refused);
  });
});
