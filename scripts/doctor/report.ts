import type { ExaminationId, Finding } from '../project/finding';

/**
 * What `npm run doctor -- --json` prints. New fields may come; these stay as they are. Sentences are
 * for people, in their language: a program goes by `ok` and `id`.
 */
export interface DoctorReport {
  version: 1;
  /** Whether nothing is wrong: the exit code is 0 then, else 1. */
  ok: boolean;
  /** Of the cloud; `null` while it is the placeholder. */
  environment: string | null;
  examinations: readonly {
    id: ExaminationId;
    ok: boolean;
    findings: readonly Finding[];
  }[];
  /** What could not be known, each with the reason. */
  notExamined: readonly string[];
}
