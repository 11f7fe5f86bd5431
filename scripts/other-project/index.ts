/** A project that somebody else wrote: what is in it, and what it lacks to run here. */
export { withGiven } from './collection-options';
export { expecting } from './expecting';
export { follow } from './follow';
export { readMiniprogram } from './mini-program';
export { readOtherProject } from './other-project';
