/**
 * The session of the classic Egg or Koa service of mini programs: a token in Redis, and the token
 * of each user beside it.
 */
import { randomBytes } from 'node:crypto';
import { createClient } from 'redis';
import { serve } from './measure.mjs';

const TTL_S = 7 * 24 * 3600;

const redis = createClient({ url: process.env.REDIS_URL });
await redis.connect();

serve({
  async login(openid) {
    const old = await redis.get(`user:${openid}`);
    await redis.del(`token:${old}`);
    await redis.del(`user:${openid}`);
    const token = randomBytes(32).toString('hex');
    await redis.set(`token:${token}`, JSON.stringify({ openid }), { EX: TTL_S });
    await redis.set(`user:${openid}`, token, { EX: TTL_S });
    return token;
  },
  check: async (token) => (await redis.get(`token:${token}`)) !== null,
  async logout(token) {
    const session = await redis.get(`token:${token}`);
    if (session === null) return false;
    await redis.del(`token:${token}`);
    await redis.del(`user:${JSON.parse(session).openid}`);
    return true;
  },
});
