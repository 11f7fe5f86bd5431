/** The benchmarks. Each builds the project, and prints tables. */
export { benchLocalCloud } from './local-cloud';
export { benchScale } from './scale';
export { benchSignIn } from './sign-in';
