/** By which the SDKs find this cloud: an environment has this id. */
export const ENVIRONMENT_ID = 'local';

/**
 * What the SDKs want to find in the environment of a function. The credentials are no secrets: nothing here checks them.
 *
 * @param cloudUrl of the local cloud
 */
export function sdkVariables(cloudUrl: string): Readonly<Record<string, string>> {
  return {
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    TENCENTCLOUD_SECRETID: 'local',
    TENCENTCLOUD_SECRETKEY: 'local',
    SCF_NAMESPACE: ENVIRONMENT_ID,
    TCB_ENV: ENVIRONMENT_ID,
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: `${cloudUrl}/admin` }),
  };
}
