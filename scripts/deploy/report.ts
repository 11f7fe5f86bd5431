/**
 * What `npm run deploy -- --json` prints. New fields may come; these stay as they are. Sentences and
 * lines are for people, in their language: a program goes by the other fields.
 */
export interface DeployReport {
  version: 1;
  /** Whether the cloud holds what it must, or would: the exit code is 0 then, else 1. */
  ok: boolean;
  environment: string;
  /** Nothing was done. */
  dryRun: boolean;
  /** In the order in which they are done. */
  changes: readonly ReportedChange[];
  /** What differs from the description, and stays. */
  notes: readonly string[];
  /** Functions that this run left as they are: a variable that they need is not set. */
  notDeployed: readonly string[];
  /** Whether the cloud was read back as described, and `login` refused a call from nobody. */
  verified: boolean;
  /** Why `ok` is false. */
  error?: {
    /**
     * `blocked`: a person has to decide first, and nothing was done; `api`: the cloud refused
     * something; `verification`: the cloud took everything, and is not as it must be.
     */
    kind: 'blocked' | 'api' | 'verification';
    message: string;
    /** Of Tencent's API, for `api`. */
    code?: string;
  };
}

export interface ReportedChange {
  /** `null`: a change of the database. */
  function: string | null;
  /** As a diff: `+ collection sessions`. No value of a variable is in it. */
  lines: readonly string[];
  /** `begun`: it was under way when another failed, or failed itself. */
  state: 'planned' | 'begun' | 'done';
}
