/** Something that is missing or wrong, and how to repair it; in the words of somebody who has not read the source. */
export interface Finding {
  problem: string;
  fix: string;
}

export type ExaminationId =
  | 'node'
  | 'appid'
  | 'environment'
  | 'devtools'
  | 'resources'
  | 'build'
  | 'built-files'
  | 'sizes'
  | 'policy'
  | 'gateway'
  | 'cloud';

export interface Examination {
  /** By which it is chosen. */
  id: ExaminationId;
  /** What is examined, as it is shown. */
  name: string;
  find: () => Promise<readonly Finding[]> | readonly Finding[];
}
