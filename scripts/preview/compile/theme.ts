import type { Theme } from '../bundle/bundle';
import { MiniprogramCompileError } from '../../miniprogram-files/compile-error';
import { isRecord } from '../../lib/is-record';
import type { Json } from '../../miniprogram-files/json';
import { lineOfName } from '../../miniprogram-files/line-of-name';
import { readJsonFile, type Folder } from '../../miniprogram-files/read-file';

/** Fills in theme.json's variables: `"@barColor"` becomes what the theme says. */
export type ThemeFiller = (value: unknown, theme: Theme) => unknown;

const THEME_FILE = 'theme.json';

export async function readTheme(folder: Folder, app: Json): Promise<ThemeFiller> {
  const file = typeof app['themeLocation'] === 'string' ? app['themeLocation'] : THEME_FILE;
  const themes = (await readJsonFile(folder, file)) ?? {};
  const lines = {
    light: await lineOfName(folder, file, 'light'),
    dark: await lineOfName(folder, file, 'dark'),
  };
  return (value, theme) => {
    if (typeof value !== 'string' || !value.startsWith('@')) return value;
    const variables = themes[theme];
    const name = value.slice(1);
    if (isRecord(variables) && name in variables) return variables[name];
    const message = `"${theme}" has no variable "${name}"`;
    throw new MiniprogramCompileError([{ file, ...lines[theme], message }]);
  };
}
