import { parseOptions, UsageError } from '../lib/command-line';

export interface StartOptions {
  port: number;
  cloudPort: number;
  dataDir: string;
  /** Whether to build first, or to run what is in dist/ already. */
  build: boolean;
}

export const USAGE =
  'npm start -- [--port 5180] [--cloud-port 8787] [--data .local-cloud] [--no-build]';

const HIGHEST_PORT = 65_535;

export function readStartOptions(args: readonly string[]): StartOptions {
  const values = parseOptions(args, {
    port: { type: 'string', default: '5180' },
    'cloud-port': { type: 'string', default: '8787' },
    data: { type: 'string', default: '.local-cloud' },
    'no-build': { type: 'boolean', default: false },
  });
  return {
    port: portOf('--port', values.port),
    cloudPort: portOf('--cloud-port', values['cloud-port']),
    dataDir: values.data,
    build: !values['no-build'],
  };
}

function portOf(option: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= HIGHEST_PORT) return port;
  throw new UsageError(`${option} takes a port number, not "${text}".`);
}
