/**
 * Passwords at rest: scrypt, as PHC text, `$scrypt$ln=15,r=8,p=3$salt$hash` (salt and hash in
 * base64 without padding).
 *
 * Of the settings that OWASP gives as equal, the one that fits into a function of 256 MB with the
 * SDK in it: 32 MiB at a time. Node's own limit is just below that, so `maxmem` is set.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

interface Cost {
  /** The binary logarithm of N. */
  ln: number;
  r: number;
  p: number;
}

export const COST: Cost = { ln: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Far above what was ever used; a bound on what a document can make this process do. */
const MOST: Cost = { ln: 17, r: 16, p: 16 };
const PHC =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{8,86})\$([A-Za-z0-9+/]{16,86})$/;

/** One at a time in an instance: memory is for one. Which of them fails is nobody else's matter. */
let last: Promise<unknown> = Promise.resolve();

function derive(
  password: string,
  salt: Buffer,
  { ln, r, p }: Cost,
  bytes: number,
): Promise<Buffer> {
  const N = 2 ** ln;
  const run = (): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      const done = (error: Error | null, key: Buffer): void => {
        if (error) reject(error);
        else resolve(key);
      };
      // It needs 128 * (N + p) * r bytes and a little.
      scrypt(password, salt, bytes, { N, r, p, maxmem: 128 * (N + p + 32) * r + 1024 }, done);
    });
  const next = last.then(run, run);
  last = next.catch(() => undefined);
  return next;
}

const text = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** @param password normalised */
export async function hashPassword(password: string, cost: Cost = COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, cost, HASH_BYTES);
  return `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${text(salt)}$${text(hash)}`;
}

interface Parsed {
  cost: Cost;
  salt: Buffer;
  hash: Buffer;
}

function parse(phc: string): Parsed | undefined {
  const [, ln, r, p, salt, hash] = PHC.exec(phc) ?? [];
  if (salt === undefined || hash === undefined) return undefined;
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) };
  const isSane = (['ln', 'r', 'p'] as const).every((of) => cost[of] >= 1 && cost[of] <= MOST[of]);
  return isSane
    ? { cost, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') }
    : undefined;
}

/** What is compared with where there is no password: nothing equals it. */
const nobody = (): Parsed => ({
  cost: COST,
  salt: randomBytes(SALT_BYTES),
  hash: randomBytes(HASH_BYTES),
});

/**
 * Takes the same time whether there is a hash to compare with or not.
 *
 * @param password normalised
 * @returns `outdated`: it is right, and was hashed in another way than `hashPassword` does now
 */
export async function verifyPassword(
  password: string,
  phc: string | undefined,
): Promise<{ isRight: boolean; outdated: boolean }> {
  const known = phc === undefined ? undefined : parse(phc);
  const { cost, salt, hash } = known ?? nobody();
  const derived = await derive(password, salt, cost, hash.length);
  const isRight = timingSafeEqual(derived, hash) && known !== undefined;
  const isCurrent =
    cost.ln === COST.ln && cost.r === COST.r && cost.p === COST.p && hash.length === HASH_BYTES;
  return { isRight, outdated: isRight && !isCurrent };
}
