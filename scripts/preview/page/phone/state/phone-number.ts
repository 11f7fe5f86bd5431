/** The phone numbers that WeChat hands to a mini program, and how it answers when asked for one. */

export const PHONE_NUMBER_ANSWERS = [
  /** The person is asked. */
  'asked',
  /** The mini program has no paid or free inquiries left. */
  'noBalance',
  /** The person declines, whoever they are. */
  'declined',
  /** The mini program is not a company's, or is not certified. */
  'notCertified',
  /** The person is asked, and the code that comes was exchanged before. */
  'usedCode',
] as const;

export type PhoneNumberAnswer = (typeof PHONE_NUMBER_ANSWERS)[number];

export function isPhoneNumberAnswer(value: unknown): value is PhoneNumberAnswer {
  return PHONE_NUMBER_ANSWERS.some((answer) => answer === value);
}

/** `138****8000`, as WeChat shows it. */
export function maskedNumber(number: string): string {
  return `${number.slice(0, 3)}****${number.slice(-4)}`;
}
