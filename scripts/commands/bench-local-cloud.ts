import { defineCommand } from '../lib/command-line';
import { text } from '../lib/language';

export const command = defineCommand(
  'bench:local-cloud',
  text({
    zh: '测本地云的速度，与只用 hono 和 lmdb 的裸服务器比。',
    en: 'Measures the local cloud beside a bare server of hono and lmdb.',
  }),
).action(async () => {
  const { benchLocalCloud } = await import('../bench');
  await benchLocalCloud();
});
