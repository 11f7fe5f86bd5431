/**
 * As much of protocol buffers as the open interfaces need
 * (https://protobuf.dev/programming-guides/encoding): numbers, and fields of bytes, which may be
 * texts or messages.
 */
export type Field = number | Buffer;

/** The values of each field, in their order. */
export type Message = ReadonlyMap<number, readonly Field[]>;

const VARINT = 0;
const FIXED_64 = 1;
const BYTES = 2;
const FIXED_32 = 5;

/** @throws RangeError for bytes that are no message */
export function decodeMessage(bytes: Buffer): Message {
  const message = new Map<number, Field[]>();
  let at = 0;

  function varint(): number {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError('a number is cut off');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(BigInt.asIntN(64, value));
    }
    throw new RangeError('a number has more than 64 bits');
  }

  function take(length: number): Buffer {
    if (length < 0 || at + length > bytes.length) throw new RangeError('a field is cut off');
    return bytes.subarray(at, (at += length));
  }

  function field(wireType: number): Field {
    if (wireType === VARINT) return varint();
    if (wireType === BYTES) return take(varint());
    if (wireType === FIXED_64) return take(8);
    if (wireType === FIXED_32) return take(4);
    throw new RangeError(`the wire type ${wireType} is unknown`);
  }

  while (at < bytes.length) {
    const key = varint();
    const values = message.get(key >>> 3) ?? [];
    message.set(key >>> 3, [...values, field(key & 7)]);
  }
  return message;
}

/** @param fields a message may have several of one number */
export function encodeMessage(
  fields: readonly (readonly [number, number | string | Buffer])[],
): Buffer {
  return Buffer.concat(
    fields.flatMap(([number, value]) => {
      if (typeof value === 'number') return [varint((number << 3) | VARINT), varint(value)];
      const bytes = typeof value === 'string' ? Buffer.from(value) : value;
      return [varint((number << 3) | BYTES), varint(bytes.length), bytes];
    }),
  );
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}

/** The field as text; empty when it is not there. */
export function textOf(message: Message, number: number): string {
  return bytesOf(message, number).toString();
}

/** The field as bytes; empty when it is not there. */
export function bytesOf(message: Message, number: number): Buffer {
  const value = message.get(number)?.at(-1);
  return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
}

/** All values of a repeated field. */
export function listOf(message: Message, number: number): readonly Buffer[] {
  return (message.get(number) ?? []).filter((value) => Buffer.isBuffer(value));
}
