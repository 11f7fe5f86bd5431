import { defineCommand } from '../lib/command-line';
import { text } from '../lib/language';

export const command = defineCommand(
  'bench',
  text({
    zh: '测登录的开销，与其他方案同场比较。',
    en: 'Measures what signing in costs, beside others in the same run.',
  }),
).action(async () => {
  const { benchSignIn } = await import('../bench');
  await benchSignIn();
});
