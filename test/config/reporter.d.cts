export = Reporter;

declare class Reporter {
  constructor(
    globalConfig: { rootDir: string },
    options: object,
    surroundings: {
      now: () => number;
      stream: Reporter.Stream;
      exit?: (code: number) => void;
    },
  );
  onRunStart(results: { numTotalTestSuites: number }, options: { estimatedTime: number }): void;
  onTestFileStart(test: { path: string }): void;
  onTestFileResult(test: { path: string }, result: object): void;
  onRunComplete(contexts: Set<object>, results: object): void;
  status(): void;
}

declare namespace Reporter {
  interface Stream {
    isTTY: boolean;
    columns?: number;
    write(text: string): void;
    on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): void;
  }
}
