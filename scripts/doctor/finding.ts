/** Something that is missing or wrong, and how to repair it; in the words of somebody who has not read the source. */
export interface Finding {
  problem: string;
  fix: string;
}

export interface Examination {
  /** What is examined. */
  name: string;
  find: () => Promise<readonly Finding[]> | readonly Finding[];
}
