/** What an operator sees of an account, and does to it. */
export { askYesNo } from './ask';
export { openOperatorDatabase } from './database';
export { runAccount, type AccountOptions, type Action } from './run';
