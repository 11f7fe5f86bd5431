/** The cloud as a deployment sees it: what is there, and what can be done to it. */
import type { CollectionResource, FunctionResource, IndexResource } from '../project/resources';

export interface FunctionState {
  runtime: string;
  memoryMb: number;
  timeoutSeconds: number;
  variables: Readonly<Record<string, string>>;
  description: string;
  /** The timers, by name, each with its seven fields. */
  timers: Readonly<Record<string, string>>;
  /** `Active` when it can be called. */
  status: string;
}

export interface CollectionState {
  permission: string;
  indexes: readonly IndexResource[];
}

export interface CloudState {
  functions: ReadonlyMap<string, FunctionState>;
  collections: ReadonlyMap<string, CollectionState>;
}

/** A function as it is to be, with the variables of who deploys and its code. */
export interface WantedFunction {
  resource: FunctionResource;
  variables: Readonly<Record<string, string>>;
  /** What the console shows, the code's fingerprint in it. */
  description: string;
  /** A zip in base64, made on request: it takes longer than everything else. */
  zip: () => string;
}

/** Everything rejects with a `CloudApiError`, and may be repeated when an answer was lost. */
export interface Cloud {
  read(functionNames: readonly string[], collectionNames: readonly string[]): Promise<CloudState>;
  createCollection(name: string): Promise<void>;
  setPermission(collection: CollectionResource): Promise<void>;
  /** @param replaces an index of this name that has other keys */
  createIndex(collection: string, index: IndexResource, replaces: boolean): Promise<void>;
  createFunction(wanted: WantedFunction): Promise<void>;
  deleteFunction(name: string): Promise<void>;
  updateCode(wanted: WantedFunction): Promise<void>;
  updateConfig(wanted: WantedFunction): Promise<void>;
  /** Replaces any other. */
  setTimer(wanted: WantedFunction): Promise<void>;
  /** Calls it as nobody, and answers what it returned, as text. */
  invoke(name: string): Promise<string>;
}

/** The management API refused, or did not answer. */
export class CloudApiError extends Error {
  override readonly name = 'CloudApiError';

  constructor(
    readonly code: string,
    message: string,
    readonly doing: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
