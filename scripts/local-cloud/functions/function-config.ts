/**
 * `config.json` of a function. What the platform would not take is refused here too, with its place
 * in the file.
 */
import { Cron } from 'croner';
import { parseConfigText, type ConfigText } from './config-text';

export interface FunctionConfig {
  /** Default of the platform: 3. */
  timeoutSeconds: number;
  /** Default of the platform: 256. */
  memoryMb: number;
  environment: Readonly<Record<string, string>>;
  /** The open interfaces that it may call, `permissions.openapi`. */
  permissions: readonly string[];
  timer?: { name: string; /** A cron expression of seven fields. */ config: string };
}

export const DEFAULT_CONFIG: FunctionConfig = {
  timeoutSeconds: 3,
  memoryMb: 256,
  environment: {},
  permissions: [],
};

const MAX_TIMEOUT_SECONDS = 900;
/** 64, or steps of 128 (https://cloud.tencent.com/document/api/583/18586). */
const MEMORY_STEP_MB = 128;
const MEMORY_MB = { least: 64, most: 3072 };

/** @throws ConfigError, its message begins with line and column */
export function decodeConfig(content: string): FunctionConfig {
  const text = parseConfigText(content);
  const config = objectAt(text, [], text.value);
  const timer = timerIn(text, config['triggers']);
  return {
    timeoutSeconds: timeoutIn(text, config['timeout']),
    memoryMb: memoryIn(text, config['memorySize']),
    environment: variablesIn(text, config['envVariables']),
    permissions: permissionsIn(text, config['permissions']),
    ...(timer && { timer }),
  };
}

function timeoutIn(text: ConfigText, timeout: unknown): number {
  if (timeout === undefined) return DEFAULT_CONFIG.timeoutSeconds;
  const isTimeout =
    Number.isInteger(timeout) && Number(timeout) >= 1 && Number(timeout) <= MAX_TIMEOUT_SECONDS;
  if (isTimeout) return Number(timeout);
  throw text.wrong(
    ['timeout'],
    `"timeout" must be a whole number of seconds from 1 to ${MAX_TIMEOUT_SECONDS}`,
  );
}

function memoryIn(text: ConfigText, size: unknown): number {
  if (size === undefined) return DEFAULT_CONFIG.memoryMb;
  const { least, most } = MEMORY_MB;
  const isStep = size === least || Number(size) % MEMORY_STEP_MB === 0;
  if (typeof size === 'number' && isStep && size >= least && size <= most) return size;
  throw text.wrong(
    ['memorySize'],
    `"memorySize" must be ${least}, or a multiple of ${MEMORY_STEP_MB} up to ${most}`,
  );
}

function variablesIn(text: ConfigText, variables: unknown): Record<string, string> {
  if (variables === undefined) return {};
  const entries = Object.entries(objectAt(text, ['envVariables'], variables));
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (['string', 'number', 'boolean'].includes(typeof value)) return [name, String(value)];
      throw text.wrong(['envVariables', name], `"${name}" must be a string`);
    }),
  );
}

function permissionsIn(text: ConfigText, permissions: unknown): readonly string[] {
  if (permissions === undefined) return [];
  const { openapi = [] } = objectAt(text, ['permissions'], permissions);
  if (Array.isArray(openapi) && openapi.every((name) => typeof name === 'string')) return openapi;
  throw text.wrong(['permissions', 'openapi'], '"openapi" must be an array of strings');
}

function timerIn(text: ConfigText, triggers: unknown): FunctionConfig['timer'] {
  if (triggers === undefined) return undefined;
  if (!Array.isArray(triggers)) throw text.wrong(['triggers'], '"triggers" must be an array');
  if (triggers.length > 1) {
    throw text.wrong(['triggers', 1], 'a function can have one trigger only');
  }
  if (triggers.length === 0) return undefined;
  const place = ['triggers', 0];
  const { type, name, config } = objectAt(text, place, triggers[0]);
  if (type !== 'timer') throw text.wrong([...place, 'type'], '"type" must be "timer"');
  if (typeof name !== 'string' || name === '') {
    throw text.wrong([...place, 'name'], '"name" must be a string');
  }
  if (typeof config !== 'string') {
    throw text.wrong([...place, 'config'], '"config" must be a string');
  }
  const problem = cronProblem(config);
  if (problem !== undefined) throw text.wrong([...place, 'config'], problem);
  return { name, config };
}

/** e.g. `*`, `3`, `9-17`, `MON-FRI`, with a step after a slash. */
const CRON_PART = /^(?:\*|(?:\d+|[a-z]{3})(?:-(?:\d+|[a-z]{3}))?)(?:\/\d+)?$/i;

/**
 * Seven fields, second to year
 * (https://developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/functions/triggers.html).
 */
function cronProblem(config: string): string | undefined {
  const fields = config.trim().split(/\s+/);
  if (fields.length !== 7) {
    return `a timer has seven fields, second to year, not ${fields.length}: "${config}"`;
  }
  // Croner knows more than the platform does.
  const unknown = fields.find((field) => !field.split(',').every((part) => CRON_PART.test(part)));
  if (unknown !== undefined) return `"${unknown}" is no field of a timer: "${config}"`;
  try {
    new Cron(config, { paused: true });
    return undefined;
  } catch (error) {
    return `${(error as Error).message}: "${config}"`;
  }
}

function objectAt(
  text: ConfigText,
  path: readonly (string | number)[],
  value: unknown,
): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  const name = path.at(-1);
  const subject = typeof name === 'string' ? `"${name}"` : 'it';
  throw text.wrong(path, `${subject} must be an object`);
}
