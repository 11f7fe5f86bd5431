/** The id of the environment that a function runs in, as the SDK finds it for `DYNAMIC_CURRENT_ENV`. */
export function ownEnvironment(): string | undefined {
  return process.env['TCB_ENV'] ?? process.env['SCF_NAMESPACE'];
}
