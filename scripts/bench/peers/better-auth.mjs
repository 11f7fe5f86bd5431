/**
 * better-auth's session layer on its adapter in memory. The memory is in the process: where a
 * database would be, each operation of the adapter waits for the way there and back.
 */
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { serve } from './measure.mjs';

const hopMs = Number(process.env.HOP_MS);
const tables = { user: [], session: [], account: [], verification: [] };
let operations = 0;

const far = (adapter) =>
  new Proxy(adapter, {
    get(target, name) {
      const member = target[name];
      if (!/^(create|update|updateMany|delete|deleteMany|findOne|findMany|count)$/.test(name)) {
        return member;
      }
      return async (...args) => {
        operations += 1;
        if (hopMs > 0) await new Promise((resolve) => setTimeout(resolve, 2 * hopMs));
        return member.apply(target, args);
      };
    },
  });
const makeAdapter = memoryAdapter(tables);
const auth = betterAuth({
  secret: 'a secret that is long enough for the bench',
  baseURL: 'http://127.0.0.1',
  database: (options) => far(makeAdapter(options)),
});
const { internalAdapter } = await auth.$context;

const known = new Set();

serve(
  {
    async login(userId) {
      if (!known.has(userId)) {
        known.add(userId);
        const at = new Date();
        tables.user.push({ id: userId, name: '', email: userId, createdAt: at, updatedAt: at });
      }
      return (await internalAdapter.createSession(userId)).token;
    },
    check: async (token) => (await internalAdapter.findSession(token)) !== null,
    async logout(token) {
      await internalAdapter.deleteSession(token);
      return true;
    },
  },
  () => operations,
);
