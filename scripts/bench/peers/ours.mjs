/**
 * The deployed functions, as the platform's runtime runs them: one after the other, the caller in
 * the environment.
 */
import http from 'node:http';
import { createRequire } from 'node:module';
import { serve } from './measure.mjs';

const require = createRequire(import.meta.url);
const functions = Object.fromEntries(
  ['login', 'logout', 'session'].map((name) => [
    name,
    require(`${process.env.FUNCTIONS}/${name}/index.js`).main,
  ]),
);
// As on Node 16 and 18 without this project's connections.ts.
if (process.env.PLAIN_AGENT !== undefined) http.globalAgent = new http.Agent();
console.log = () => undefined;
const persons = new Map();

/** The identity is read before the first wait, as it is when the platform calls. */
function call(name, openid, event) {
  process.env.WX_OPENID = openid;
  return functions[name](event, {});
}

serve({
  async login(openid) {
    const reply = await call('login', openid, { device: { name: 'iPhone 15', platform: 'ios' } });
    if (!reply.ok) return '';
    persons.set(reply.sessionToken, openid);
    return reply.sessionToken;
  },
  check: async (sessionToken) =>
    (await call('session', persons.get(sessionToken), { sessionToken, action: 'check' })).ok,
  async logout(sessionToken) {
    const openid = persons.get(sessionToken);
    persons.delete(sessionToken);
    return (await call('logout', openid, { sessionToken })).ok;
  },
});
