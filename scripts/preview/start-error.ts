/** The preview cannot start. `PORT_IN_USE`: another program listens there; choose another port. */
export class PreviewStartError extends Error {
  override readonly name = 'PreviewStartError';

  constructor(
    readonly code: 'PORT_IN_USE',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
