/** How much of its memory a function can use for objects; the rest is Node itself and buffers. */
const HEAP_SHARE = 0.625;

/** What the platform's Node does not do, or does only when it is asked. */
const NOT_IN_THE_CLOUD = ['experimental-require-module', 'experimental-detect-module'];

export function nodeOptions(memoryMb: number): string[] {
  const known = process.allowedNodeEnvironmentFlags;
  return [
    `--max-old-space-size=${Math.floor(memoryMb * HEAP_SHARE)}`,
    ...NOT_IN_THE_CLOUD.map((name) => `--no-${name}`).filter((flag) => known.has(flag)),
  ];
}
