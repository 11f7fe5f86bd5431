/**
 * Login as most mini programs on Cloud Development write it, deployed as most deploy it: the SDK in
 * node_modules, no bundle.
 */
'use strict';

const cloud = require('wx-server-sdk');
const { randomUUID } = require('node:crypto');

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
const users = cloud.database({ throwOnNotFound: false }).collection('users');

exports.main = async () => {
  const { OPENID } = cloud.getWXContext();
  const token = randomUUID();
  await users.doc(OPENID).set({ data: { token, at: new Date() } });
  return { ok: true, token };
};
