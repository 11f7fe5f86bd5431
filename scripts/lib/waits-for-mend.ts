import { coloursOn } from './colours';
import { text } from './language';

/** What is said below an error that keeps a start waiting. */
export const waitsForMend = (): string =>
  coloursOn(process.stderr).dim(
    text({ zh: '改好并保存后会继续启动。', en: 'Mend it and save: the start goes on then.' }),
  );
