/** The package ships no types. */
declare module 'miniprogram-compiler' {
  /** Throws an Error that holds what wcc printed, or the one of `spawn` where wcc does not run. */
  export function wxmlToJs(miniprogramDir: string): string;
}
