/** A door of its own: what a command checks first must not wait for the whole cloud to be loaded. */
export { makeDataDir } from './environment/folders';
