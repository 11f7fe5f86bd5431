export { projectExaminations } from './project-examinations';
export { runDoctor } from './run';
