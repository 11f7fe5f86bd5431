/** A usual pattern: the tokens of a person in an array of their user document. Counted, not recommended. */
'use strict';

const cloud = require('wx-server-sdk');
const { randomUUID } = require('node:crypto');

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
const db = cloud.database({ throwOnNotFound: false });
const users = db.collection('users');

exports.main = async ({ action, token }) => {
  const { OPENID } = cloud.getWXContext();
  const { data: user } = await users.doc(OPENID).get();
  if (action === 'check') return { ok: Boolean(user?.tokens.includes(token)) };
  if (action === 'logout') {
    await users.doc(OPENID).update({ data: { tokens: db.command.pull(token) } });
    return { ok: true };
  }
  const created = randomUUID();
  await users.doc(OPENID).set({ data: { tokens: [...(user?.tokens ?? []), created].slice(-1) } });
  return { ok: true, token: created };
};
