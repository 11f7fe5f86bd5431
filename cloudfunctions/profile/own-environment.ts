/**
 * The id of the environment that a function runs in, as the SDK finds it for `DYNAMIC_CURRENT_ENV`;
 * `undefined` in local debugging, where the function is not told.
 */
export function ownEnvironment(): string | undefined {
  const { TENCENTCLOUD_RUNENV, TCB_ENV, SCF_NAMESPACE } = process.env;
  if (TENCENTCLOUD_RUNENV === 'WX_LOCAL_SCF') return undefined;
  return TCB_ENV || SCF_NAMESPACE || '';
}
