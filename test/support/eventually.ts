/**
 * For what follows a moment later: what a phone has done at once, the cloud learns then. The test's
 * own limit ends the waiting.
 */
export async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}
