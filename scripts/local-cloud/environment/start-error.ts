/** Why a local cloud could not start. The message says what to do about it. */
export class LocalCloudStartError extends Error {
  override readonly name = 'LocalCloudStartError';

  constructor(
    readonly code:
      | 'PORT_IN_USE'
      | 'DATA_DIR_IN_USE'
      | 'DATA_DIR_VERSION'
      /** No folder, or one that cannot be created, read or written. */
      | 'DATA_DIR_UNUSABLE'
      /** Of a collection: no permission that there is. */
      | 'PERMISSION_INVALID'
      /** Not there, no folder, or one that cannot be read. */
      | 'FUNCTIONS_DIR_MISSING',
    message: string,
  ) {
    super(message);
  }
}
