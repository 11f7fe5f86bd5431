/** The id of the only environment of this cloud. */
export const ENVIRONMENT_ID = 'local';

/**
 * The environment variables by which the SDKs find this cloud. The credentials are placeholders:
 * nothing here checks them.
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
