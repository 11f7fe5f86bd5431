/** A project that somebody else wrote: what is in it, and what it lacks to run here. */
export { withGiven } from './collection-options';
export { readMiniprogram } from './mini-program';
export { readOtherProject, type OtherProject } from './other-project';
export { startFollowing } from './start-following';
