import { describe, expect, test } from '@jest/globals';
import {
  readPhoneEvent,
  readSurroundings,
} from '../../../../../scripts/preview/page/shared/messages';

const WHOLE = { theme: 'dark', online: true, clockOffsetMs: 0, phoneNumberAnswer: 'asked' };

describe('a message between the panel and a phone', () => {
  test('is taken when it is complete', () => {
    const surroundings = {
      theme: 'dark',
      online: false,
      clockOffsetMs: 5,
      phoneNumberAnswer: 'declined',
    };
    expect(readSurroundings({ ...surroundings, more: 1 })).toEqual(surroundings);
    const event = { phone: 'B', event: 'called' };
    expect(readPhoneEvent({ ...event, more: 1 })).toEqual(event);
  });

  test.each([
    [null],
    ['dark'],
    [{ ...WHOLE, theme: 'blue' }],
    [{ ...WHOLE, online: 'true' }],
    [{ ...WHOLE, clockOffsetMs: '0' }],
    [{ ...WHOLE, phoneNumberAnswer: 'maybe' }],
    [{ theme: 'dark', online: true, clockOffsetMs: 0 }],
    [{ phone: 'C', event: 'called' }],
    [{ phone: 'A', event: 'closed' }],
  ])('is ignored when it is anything else: %j', (message) => {
    expect(readSurroundings(message)).toBeUndefined();
    expect(readPhoneEvent(message)).toBeUndefined();
  });
});
