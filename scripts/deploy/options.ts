import { parseOptions } from '../lib/command-line';

export const USAGE = `npm run deploy -- [--dry-run] [--env ID] [--recreate] [--no-build]

  --dry-run    shows what would be done, and does nothing
  --env ID     the environment; otherwise the one in miniprogram/config.ts
  --recreate   deletes functions on another runtime, and creates them anew
  --no-build   takes what npm run build made last

TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY hold the key; without them it is asked for. HTTPS_PROXY is heeded.`;

export interface DeployOptions {
  dryRun: boolean;
  recreate: boolean;
  build: boolean;
  envId: string | undefined;
}

/** @throws UsageError */
export function readDeployOptions(args: readonly string[]): DeployOptions {
  const values = parseOptions(args, {
    'dry-run': { type: 'boolean', default: false },
    recreate: { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
    env: { type: 'string' },
  });
  return {
    dryRun: values['dry-run'],
    recreate: values.recreate,
    build: !values['no-build'],
    envId: values.env,
  };
}
