/** A query, an update, a pipeline or a document is refused; the message says what is wrong. */
export class InvalidRequest extends TypeError {
  override readonly name: string = 'InvalidRequest';
}
