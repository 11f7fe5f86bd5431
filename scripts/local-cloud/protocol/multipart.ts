/**
 * A multipart body, split by bytes: the parts of the SDK have no file name, so that a parser of
 * forms takes the binary ones for text, and spoils them.
 */
import { AdminError } from './admin-error';

const LINE_END = Buffer.from('\r\n');
const HEADERS_END = Buffer.from('\r\n\r\n');
const LAST = Buffer.from('--');

export function isMultipart(contentType: string): boolean {
  return /^multipart\/form-data\b/i.test(contentType);
}

/**
 * The parts by their name.
 *
 * @throws AdminError `INVALID_PARAM` with what is wrong
 */
export function splitMultipart(body: Buffer, contentType: string): ReadonlyMap<string, Buffer> {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw invalid('its content-type names no boundary');
  // The first line ends nothing, but stands where a part would end.
  const bytes = Buffer.concat([LINE_END, body]);
  const delimiter = Buffer.from(`\r\n--${boundary}`);

  const parts = new Map<string, Buffer>();
  let delimited = nextDelimiter(bytes, delimiter, 0);
  while (!delimited.last) {
    const next = nextDelimiter(bytes, delimiter, delimited.end);
    const part = bytes.subarray(delimited.end, next.start);
    const headersEnd = part.indexOf(HEADERS_END);
    if (headersEnd < 0) throw invalid('a part has no headers');
    const name = nameIn(part.toString('utf8', 0, headersEnd));
    if (parts.has(name)) throw invalid(`it has two parts named ${JSON.stringify(name)}`);
    parts.set(name, part.subarray(headersEnd + HEADERS_END.length));
    delimited = next;
  }
  return parts;
}

interface Delimiter {
  start: number;
  /** Where the part that it begins starts, with the line end before its headers. */
  end: number;
  /** Nothing follows it. */
  last: boolean;
}

/** Bytes that only begin like a delimiter are content. */
function nextDelimiter(bytes: Buffer, delimiter: Buffer, from: number): Delimiter {
  for (let start = bytes.indexOf(delimiter, from); start >= 0;) {
    const end = start + delimiter.length;
    const after = bytes.subarray(end, end + 2);
    if (after.equals(LAST)) return { start, end, last: true };
    if (after.equals(LINE_END)) return { start, end, last: false };
    start = bytes.indexOf(delimiter, start + 1);
  }
  throw invalid('its last boundary is missing');
}

function nameIn(headers: string): string {
  const name = /^content-disposition:\s*form-data\b.*?;\s*name="([^"]*)"/im.exec(headers)?.[1];
  if (name === undefined) throw invalid('a part has no name');
  return name;
}

function invalid(reason: string): AdminError {
  return new AdminError('INVALID_PARAM', `the multipart body is malformed: ${reason}`);
}
