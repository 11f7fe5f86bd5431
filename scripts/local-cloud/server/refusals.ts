/** The bodies of answers that are no answer of the platform. */

/** With 403. */
export const NOT_OWN = { error: 'Only programs on this machine may use the local cloud.' };

/** With 413. */
export const tooLarge = (maxBytes: number) => ({ error: `The body is over ${maxBytes} bytes.` });

/** With 500. */
export const FAILED = { error: 'The local cloud itself failed; see its log.' };
