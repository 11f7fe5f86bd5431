/** The gates of `npm run check`, and the parts of them that other commands use. */
export { runGates } from './gates';
export { checkProject } from './project';
export { compileCheck } from './wechat-compiler/compile-check';
export { WECHAT_COMPILER } from './wechat-compiler/tool';
