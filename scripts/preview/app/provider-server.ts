/** Environment variables by function. */
export type FunctionVariables = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Stands for the server of a provider, where an app's own server exchanges login codes. */
export interface ProviderServer {
  /** A login code of this person, good once. */
  issueCode(openid: string): string;
  /** With these the functions find this server, and the app as it is registered there. */
  readonly functionVariables: FunctionVariables;
  close(): Promise<void>;
}
