/** What `bindgetphonenumber` says. No `wx` in here. */

/**
 * `declined`: the person did not want to. `unavailable`: nobody gets a number here, now: the
 * account's balance is used up, or it is no company's. `failed`: it may work the next time.
 */
export type PhoneProblem = 'declined' | 'unavailable' | 'failed';
export type PhoneCode = { code: string } | { problem: PhoneProblem };

/**
 * The balance is used up.
 * https://developers.weixin.qq.com/community/develop/doc/000a4ceb83c30020abff9c5185b000
 */
const NO_BALANCE = '1400001';

/** @param detail of the event. Its texts are not documented, and differ between phones. */
export function phoneCodeFrom(detail: unknown): PhoneCode {
  const { code, errno, errMsg } = { ...(detail as Record<string, unknown> | null) };
  if (typeof code === 'string' && code !== '') return { code };
  const text = `${String(errno)} ${String(errMsg)}`;
  if (text.includes(NO_BALANCE) || /no permission/i.test(text)) return { problem: 'unavailable' };
  return { problem: /deny|denied|cancel/i.test(text) ? 'declined' : 'failed' };
}
