/** What an API of `wx` rejects with, or gives to `fail`. */
export class ApiFailure extends Error {
  override readonly name: string = 'ApiFailure';

  constructor(
    readonly errMsg: string,
    readonly errCode?: number,
  ) {
    super(errMsg);
  }
}

/** A server was asked for that no phone of the preview can reach: no mistake of the mini program's. */
export class NoInternet extends ApiFailure {
  override readonly name = 'NoInternet';
}
