/**
 * (j) What was deleted with an account stays deleted, whatever was under way: a save that stops
 * before each of its database operations until the deletion has reached each of its own. Real SDK,
 * real database.
 */
import { describe, expect, test } from '@jest/globals';
import { cloudNoteStore } from '../../../cloudfunctions/note/cloud-note-store';
import { noteAction } from '../../../cloudfunctions/note/note-action';
import { withSession } from '../../../cloudfunctions/shared/session/with-session';
import { gatedDatabase, openDatabase } from '../../support/sdk-in-process';
import {
  cloudOnSdk,
  deleteAccount,
  environment,
  Progress,
  type Save,
  saveNote,
  saveProfile,
  signIn,
} from './deletion-calls';

const sdk = cloudOnSdk();
const { upload, exists } = sdk;

/** Resolves to whether the save has that many operations, and to both answers. */
async function race(
  save: Save,
  tokens: { saving: string; deleting: string },
  stopsBefore: number,
  deletionComesTo: number,
): Promise<{ met: boolean; saved: object; deleted: object }> {
  const deletion = new Progress();
  let operations = 0;
  let deleting: Promise<object> | undefined;
  const remove = (): Promise<object> =>
    deleteAccount(gatedDatabase(deletion.step), tokens.deleting).finally(() => deletion.end());
  const saved = await save(
    gatedDatabase(async () => {
      operations += 1;
      if (operations !== stopsBefore) return;
      deleting = remove();
      await deletion.reached(deletionComesTo);
    }),
    tokens.saving,
  );
  const met = deleting !== undefined;
  return { met, saved, deleted: await (deleting ?? remove()) };
}

/** With a note and a profile to remove. */
const DELETION_OPERATIONS = 10;

describe('what is saved while the account is deleted leaves nothing:', () => {
  test.each<[string, string, boolean, number, (picture: string) => Save]>([
    ['a first note', 'another device', false, 2, () => saveNote],
    ['a first note', 'the device that deletes', false, 1, () => saveNote],
    ['a note over another', 'another device', true, 2, () => saveNote],
    ['a first avatar', 'another device', false, 2, (avatarFileId) => saveProfile({ avatarFileId })],
    [
      'an avatar over another',
      'the device that deletes',
      true,
      1,
      (avatarFileId) => saveProfile({ avatarFileId }),
    ],
  ])('%s, by %s', async (_what, _who, over, devices, saveOf) => {
    for (let stopsBefore = 1; ; stopsBefore++) {
      let met = false;
      for (let comesTo = 1; comesTo <= DELETION_OPERATIONS; comesTo++) {
        await sdk.cloud.control({ reset: true });
        const deleting = await signIn();
        const saving = devices === 1 ? deleting : await signIn();
        const files = [await upload('new.png'), await upload('old.png')];
        if (over) {
          const db = openDatabase();
          await saveNote(db, saving);
          await saveProfile({ nickname: '旧', avatarFileId: files[1] })(db, saving);
        }
        const tokens = { saving, deleting };
        const outcome = await race(saveOf(files[0] ?? ''), tokens, stopsBefore, comesTo);
        met = outcome.met;
        expect(outcome.deleted).toEqual({ ok: true, deleted: true });
        const left = [await sdk.cloud.documents('notes'), await sdk.cloud.documents('profiles')];
        expect({ stopsBefore, comesTo, saved: outcome.saved, left }).toMatchObject({
          left: [[], []],
        });
        if (!met) break;
      }
      if (!met) return;
    }
  });
});

test('what is saved after signing in again stays, whatever the deletion still does', async () => {
  for (let comesTo = 1; comesTo <= DELETION_OPERATIONS; comesTo++) {
    await sdk.cloud.control({ reset: true });
    const old = await signIn();
    const deletion = new Progress();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let operations = 0;
    const deleting = deleteAccount(
      gatedDatabase(async () => {
        operations += 1;
        await deletion.step();
        if (operations === comesTo) await held;
      }),
      old,
    ).finally(() => deletion.end());
    await deletion.reached(comesTo);
    const again = await signIn();
    const saved = await saveNote(openDatabase(), again);
    release();
    await deleting;
    const [note] = await sdk.cloud.documents('notes');
    const read = await withSession(
      'note',
      (call) => noteAction(call, cloudNoteStore(openDatabase())),
      { environment: environment(openDatabase()) },
    )({ action: 'read', sessionToken: again });
    // Signed in before every session was ended: that session was ended, and its note removed.
    // After: both are there.
    expect({ comesTo, saved, read }).toEqual({
      comesTo,
      saved: { ok: true, text: 'late' },
      read:
        note === undefined ? expect.objectContaining({ ok: false }) : { ok: true, text: 'late' },
    });
  }
});

test('a picture that was uploaded, and whose save met the end of the account, is removed', async () => {
  const [deleting, saving] = [await signIn(), await signIn()];
  const picture = await upload('new.png');
  const { saved } = await race(
    saveProfile({ avatarFileId: picture }),
    { saving, deleting },
    3,
    DELETION_OPERATIONS,
  );
  expect(saved).toMatchObject({ ok: false });
  expect(await exists(picture)).toBe(false);
});
