/** What may be shown of a result of this project's functions: other fields may be secret. */
export function summariseResult(result: unknown): { ok?: boolean; code?: string } {
  if (typeof result !== 'object' || result === null) return {};
  const { ok, code } = result as Record<string, unknown>;
  return {
    ...(typeof ok === 'boolean' && { ok }),
    ...(typeof code === 'string' && { code }),
  };
}
