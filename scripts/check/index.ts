import type { Problem } from '../miniprogram-files/compile-error';
import { root } from '../project/root';
import { checkCompiles } from './compile';
import { checkHandlers } from './handlers';
import { checkProject } from './project';
import { inFolder } from './report';
import { checkStyles } from './styles';
import { checkTags } from './tags';
import { checkTexts } from './texts';
import { checkWithWcc } from './wcc';

/** A gate of this project's own. */
export interface Check {
  name: string;
  /** With files from the project's root. */
  find: () => Promise<readonly Problem[]>;
}

const sources = `${root}/miniprogram`;
const built = `${root}/dist/miniprogram`;

/** `npm run check -- NAME` runs one alone; `wcc`, `compile` and `project` read what was built last. */
export const checks: readonly Check[] = [
  // The build copies WXML as it is: the file to repair is the source.
  { name: 'wcc', find: () => inFolder('miniprogram', () => checkWithWcc(built)) },
  { name: 'compile', find: () => inFolder('dist/miniprogram', () => checkCompiles(built)) },
  { name: 'project', find: () => checkProject(root) },
  { name: 'tags', find: () => inFolder('miniprogram', () => checkTags(sources)) },
  { name: 'handlers', find: () => inFolder('miniprogram', () => checkHandlers(sources)) },
  { name: 'texts', find: () => inFolder('miniprogram', () => checkTexts(sources)) },
  { name: 'styles', find: () => inFolder('miniprogram', () => checkStyles(sources)) },
];
