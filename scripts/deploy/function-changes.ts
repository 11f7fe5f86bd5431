/** What a function lacks: itself, its code, its configuration, its timer. */
import { text } from '../lib/language';
import type { Change } from './change';
import type { Cloud, FunctionState, WantedFunction } from './cloud';

export interface PlanOptions {
  /** Delete and create anew functions on another runtime, which can't be changed. */
  recreate: boolean;
}

/** @param say takes what a person has to decide first, and what stays as it is */
export function functionChanges(
  wanted: WantedFunction,
  state: FunctionState | undefined,
  { recreate }: PlanOptions,
  say: { blocked: string[]; notes: string[] },
): Change[] {
  const { name, runtime, memoryMb, timeoutSeconds } = wanted.resource;
  if (state === undefined) return [creation(wanted), ...timerChanges(wanted, {})];
  const hasFailed = state.status === 'CreateFailed';
  const isOther = state.runtime !== runtime;
  if (hasFailed || (isOther && recreate)) {
    // What was set by hand goes along.
    const kept = { ...wanted, variables: { ...state.variables, ...wanted.variables } };
    return [
      deletion(
        name,
        hasFailed ? text({ zh: '上次没有创建成功', en: 'its creation failed' }) : state.runtime,
      ),
      creation(kept),
      ...timerChanges(wanted, {}),
    ];
  }
  if (isOther) {
    say.blocked.push(
      text({
        zh: `云函数 ${name} 的运行环境是 ${state.runtime}，应为 ${runtime}。运行环境不能修改：请加上 --recreate 再运行，会把它删掉重建。其间对它的调用会失败，它的 HTTP 访问路径也会一并删除。`,
        en: `The function ${name} runs on ${state.runtime}, and ${runtime} is wanted. A runtime can't be changed: run again with --recreate, which deletes the function and creates it anew. Calls fail in between, and paths of HTTP access to it go too.`,
      }),
    );
    return [];
  }
  const variables = { ...state.variables, ...wanted.variables };
  const kept = Object.keys(state.variables).filter((key) => !(key in wanted.variables));
  if (kept.length > 0) {
    say.notes.push(
      text({
        zh: `${name} 保留手动设置的环境变量：${kept.join('、')}。`,
        en: `${name} keeps the variables that were set by hand: ${kept.join(', ')}.`,
      }),
    );
  }
  const merged = { ...wanted, variables };
  const isNewCode = codeOf(state.description) !== codeOf(wanted.description);
  const lines = [
    ...difference(text({ zh: '内存', en: 'memory' }), `${state.memoryMb} MB`, `${memoryMb} MB`),
    ...difference(
      text({ zh: '超时时间', en: 'timeout' }),
      seconds(state.timeoutSeconds),
      seconds(timeoutSeconds),
    ),
    // Values may be secrets.
    ...Object.keys(variables)
      .filter((key) => state.variables[key] !== variables[key])
      .map((key) =>
        key in state.variables
          ? text({ zh: `环境变量 ${key} 会改变`, en: `variable ${key} changes` })
          : text({ zh: `新增环境变量 ${key}`, en: `variable ${key} is added` }),
      ),
    ...(isNewCode
      ? []
      : difference(text({ zh: '描述', en: 'description' }), state.description, wanted.description)),
  ];
  return [
    ...(isNewCode
      ? [
          {
            lines: [newCodeLine(name, codeOf(state.description), codeOf(wanted.description))],
            doing: text({
              zh: `上传云函数 ${name} 的代码`,
              en: `Uploading the code of ${name}`,
            }),
            run: (cloud: Cloud) => cloud.updateCode(wanted),
          },
        ]
      : []),
    // After the code: its fingerprint says that the code is there.
    ...(isNewCode || lines.length > 0
      ? [
          {
            lines: lines.map((line) =>
              text({ zh: `~ 云函数 ${name}：${line}`, en: `~ function ${name}: ${line}` }),
            ),
            doing: text({ zh: `更新云函数 ${name} 的配置`, en: `Configuring ${name}` }),
            run: (cloud: Cloud) => cloud.updateConfig(merged),
          },
        ]
      : []),
    ...timerChanges(wanted, state.timers),
  ];
}

function newCodeLine(name: string, before: string, after: string): string {
  return text({
    zh: `~ 云函数 ${name}：代码 ${before || '未知'} -> ${after}`,
    en: `~ function ${name}: code ${before || 'unknown'} -> ${after}`,
  });
}

const seconds = (count: number): string => text({ zh: `${count} 秒`, en: `${count} s` });

function creation(wanted: WantedFunction): Change {
  const { name, runtime, memoryMb, timeoutSeconds } = wanted.resource;
  const code = codeOf(wanted.description);
  return {
    lines: [
      text({
        zh: `+ 云函数 ${name}：${runtime}，${memoryMb} MB，${timeoutSeconds} 秒，代码 ${code}`,
        en: `+ function ${name}: ${runtime}, ${memoryMb} MB, ${timeoutSeconds} s, code ${code}`,
      }),
      ...Object.keys(wanted.variables).map((key) =>
        text({ zh: `+ 云函数 ${name} 的环境变量 ${key}`, en: `+ variable ${key} of ${name}` }),
      ),
    ],
    doing: text({ zh: `创建云函数 ${name}`, en: `Creating the function ${name}` }),
    run: (cloud) => cloud.createFunction(wanted),
  };
}

function deletion(name: string, why: string): Change {
  return {
    lines: [text({ zh: `- 云函数 ${name}（${why}）`, en: `- function ${name} (${why})` })],
    doing: text({ zh: `删除云函数 ${name}`, en: `Deleting the function ${name}` }),
    run: (cloud) => cloud.deleteFunction(name),
  };
}

function timerChanges(wanted: WantedFunction, timers: FunctionState['timers']): Change[] {
  const { name, timer } = wanted.resource;
  if (timer === undefined || timers[timer.name] === timer.cron) return [];
  const old = Object.keys(timers);
  const [before, after] = [
    old.map((trigger) => `${trigger} ${timers[trigger] ?? ''}`).join(', '),
    `${timer.name} ${timer.cron}`,
  ];
  return [
    {
      lines: [
        old.length === 0
          ? text({ zh: `+ 定时触发器 ${name}.${after}`, en: `+ trigger ${name}.${after}` })
          : text({
              zh: `~ 云函数 ${name} 的定时触发器：${before} -> ${after}`,
              en: `~ trigger of ${name}: ${before} -> ${after}`,
            }),
      ],
      doing: text({
        zh: `创建云函数 ${name} 的定时触发器 ${timer.name}`,
        en: `Creating the trigger ${timer.name} of ${name}`,
      }),
      run: (cloud) => cloud.setTimer(wanted),
    },
  ];
}

function difference(what: string, from: string, to: string): string[] {
  return from === to ? [] : [`${what} ${from} -> ${to}`];
}

/** The fingerprint in a description, or ''. */
function codeOf(description: string): string {
  return /\(code ([0-9a-f]+)\)$/.exec(description)?.[1] ?? '';
}
