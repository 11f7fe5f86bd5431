/** Why a local cloud could not start; the message says what to do. */
export class LocalCloudStartError extends Error {
  override readonly name = 'LocalCloudStartError';

  constructor(
    readonly code: 'PORT_IN_USE' | 'DATA_DIR_IN_USE' | 'DATA_DIR_VERSION' | 'FUNCTIONS_DIR_MISSING',
    message: string,
  ) {
    super(message);
  }
}
