/** What an API of `wx` rejects with, or gives to `fail`. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';

  constructor(
    readonly errMsg: string,
    readonly errCode?: number,
  ) {
    super(errMsg);
  }
}
