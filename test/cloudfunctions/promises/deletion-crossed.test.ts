/** (j) while the account is deleted, saves of before cross a new sign-in of the same person. */
import { expect, test } from '@jest/globals';
import { gatedDatabase, openDatabase } from '../../support/sdk-in-process';
import { cloudOnSdk, deleteAccount, type Save, saveProfile, signIn } from './deletion-calls';

const sdk = cloudOnSdk();
const { upload, exists } = sdk;

interface Order {
  lateAt: number;
  heldBefore: number;
  goesOn: 'then' | 'after the deletion';
  signInAt: number;
}

/**
 * The device that deletes has saves under way. They begin before one operation of the deletion, and
 * the last may be held up before one of its own; before a later one the person signs in again, on
 * another phone, and saves. What was held up goes on then, or after the deletion. Resolves to
 * whether the deletion has that many operations, and whether the new sign-in still holds.
 */
async function crossedBySignIn(
  late: Save,
  { lateAt, heldBefore, goesOn, signInAt }: Order,
): Promise<{ met: boolean; isSignedIn: boolean }> {
  const old = await signIn();
  let release = (): void => undefined;
  let lateSave: Promise<object> | undefined;
  const saveLate = (): Promise<void> =>
    new Promise((go) => {
      let operations = 0;
      const gate = async (): Promise<void> => {
        operations += 1;
        if (operations !== heldBefore) return;
        await new Promise<void>((resume) => {
          release = resume;
          go();
        });
      };
      lateSave = late(gatedDatabase(gate), old).finally(go);
    });
  let operations = 0;
  let met = false as boolean;
  const deleted = await deleteAccount(
    gatedDatabase(async () => {
      operations += 1;
      if (operations === lateAt) {
        await saveProfile({ nickname: '旧' })(openDatabase(), old);
        await saveLate();
      }
      if (operations !== signInAt) return;
      met = true;
      await saveProfile({ nickname: '新' })(openDatabase(), await signIn());
      if (goesOn === 'after the deletion') return;
      release();
      await lateSave;
    }),
    old,
  );
  release();
  await lateSave;
  expect(deleted).toEqual({ ok: true, deleted: true });
  return { met, isSignedIn: (await sdk.cloud.documents('sessions')).length > 0 };
}

/**
 * In its transaction it writes the session with its sixth operation. From then on whoever ends that
 * session waits for it to be over.
 */
const HELD_UP: readonly Pick<Order, 'heldBefore' | 'goesOn'>[] = [
  { heldBefore: 1, goesOn: 'then' },
  { heldBefore: 3, goesOn: 'then' },
  { heldBefore: 3, goesOn: 'after the deletion' },
  { heldBefore: Infinity, goesOn: 'then' },
];

test('whoever signs in again while the account is deleted finds nothing of before in what they save', async () => {
  const met = { orders: 0, signedIn: 0 };
  for (let signInAt = 1, isThere = true; isThere; signInAt++) {
    // What began long before has ended long before, like what began a little later.
    for (let lateAt = Math.max(1, signInAt - 2); lateAt <= signInAt; lateAt++) {
      for (const heldUp of HELD_UP) {
        await sdk.cloud.control({ reset: true });
        const order = { ...heldUp, lateAt, signInAt };
        const picture = await upload('old.png');
        const outcome = await crossedBySignIn(saveProfile({ avatarFileId: picture }), order);
        isThere = outcome.met;
        if (!isThere) break;
        met.orders += 1;
        met.signedIn += Number(outcome.isSignedIn);
        const left = outcome.isSignedIn
          ? [{ nickname: '新', avatarFileId: '', replacedFileIds: [] }]
          : [];
        expect({ order, left: await sdk.cloud.documents('profiles') }).toMatchObject({ left });
        expect({ order, isLeft: await exists(picture) }).toEqual({ order, isLeft: false });
      }
    }
  }
  expect(met.signedIn).toBeGreaterThan(10);
  expect(met.orders).toBeGreaterThan(met.signedIn);
});
