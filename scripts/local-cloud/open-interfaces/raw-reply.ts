/** An answer of the admin protocol that is no JSON object. */
export class RawReply {
  constructor(
    readonly bytes: Buffer,
    readonly contentType: string,
  ) {}
}
