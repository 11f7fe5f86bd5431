/** A project that somebody else wrote: what is in it, and what it lacks to run here. */
export { withGiven, type CollectionOptions } from './collection-options';
export { readMiniprogram, type OtherMiniprogram } from './mini-program';
export { readOtherProject, type Chosen, type OtherProject } from './other-project';
