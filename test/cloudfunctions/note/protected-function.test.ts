import { describe, expect, test } from '@jest/globals';
import { deployedFunctions } from '../../support/deployed-functions';
import { LIN, ZHOU } from '../../support/people';

const deployed = deployedFunctions();
const { signIn } = deployed;

describe('a function of your own that the session protects', () => {
  const note = (sessionToken: string, data: object, caller = LIN) =>
    deployed.cloud.call('note', caller, { ...data, sessionToken });

  test('answers its owner, and each only with their own', async () => {
    const [lin, zhou] = [await signIn(LIN), await signIn(ZHOU)];
    expect(await note(lin, { action: 'read' })).toEqual({ ok: true, text: '' });
    await note(lin, { action: 'save', text: '买牛奶' });
    expect(await note(lin, { action: 'read' })).toEqual({ ok: true, text: '买牛奶' });
    expect(await note(zhou, { action: 'read' }, ZHOU)).toEqual({ ok: true, text: '' });
  });

  test('answers nobody whose session has ended, and says why', async () => {
    const first = await signIn();
    await signIn();
    expect(await note(first, { action: 'read' })).toMatchObject({ code: 'SESSION_REPLACED' });
    expect(await note('nonsense', { action: 'read' })).toMatchObject({ code: 'SESSION_MISSING' });
  });
});
