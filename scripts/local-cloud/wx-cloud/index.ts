/**
 * The door of the mini program's side of the cloud: what a page calls, over any connection. It runs
 * in a browser and in a mini program.
 */
export { callData, CloudID } from './cloud-id';
export { createDatabase, type Database } from './database';
export type { Send } from './library';
