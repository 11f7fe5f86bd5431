export { projectExaminations } from './project-examinations';
export type { DoctorReport } from './report';
export { runDoctor } from './run';
