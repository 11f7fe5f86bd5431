/** A usual pattern: a token document and a user document, and a note of when each was last seen. Counted, not recommended. */
'use strict';

const cloud = require('wx-server-sdk');
const { randomUUID } = require('node:crypto');

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
const db = cloud.database({ throwOnNotFound: false });
const tokens = db.collection('tokens');
const users = db.collection('users');

exports.main = async ({ action, token }) => {
  const { OPENID } = cloud.getWXContext();
  if (action === 'check') {
    const { data: session } = await tokens.doc(token).get();
    if (!session) return { ok: false };
    const { data: user } = await users.doc(session.openid).get();
    await tokens.doc(token).update({ data: { lastSeenAt: db.serverDate() } });
    return { ok: Boolean(user) };
  }
  if (action === 'logout') {
    await tokens.doc(token).remove();
    return { ok: true };
  }
  const { data: user } = await users.doc(OPENID).get();
  if (!user) await users.doc(OPENID).set({ data: { createdAt: db.serverDate() } });
  const created = randomUUID();
  await tokens.doc(created).set({ data: { openid: OPENID, lastSeenAt: db.serverDate() } });
  return { ok: true, token: created };
};
